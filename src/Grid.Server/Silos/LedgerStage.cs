namespace Grid.Server.Silos;

/// <summary>Opens the ledger before any part of the silo starts: what most often fails a start fails it before the silo is known to others.</summary>
internal sealed class LedgerStage(LedgerOpening ledger) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(LedgerStage), ServiceLifecycleStage.First, ledger.Open);
}
