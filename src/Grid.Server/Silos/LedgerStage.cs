namespace Grid.Server.Silos;

/// <summary>Opens the ledger before the silo takes calls: another silo may place customers on it at once.</summary>
internal sealed class LedgerStage(LedgerOpening ledger) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(LedgerStage), ServiceLifecycleStage.RuntimeStorageServices, ledger.Open);
}
