namespace Grid.Grains.Populations;

/// <summary>Tells the progress of several looks at all customers, one after another, as that of one.</summary>
/// <param name="whole">Null: nobody asks.</param>
/// <param name="looks">How many there will be.</param>
public sealed class PassSteps(IProgress<PassProgress>? whole, int looks)
{
    private int _begun;

    public IProgress<PassProgress>? Next() => whole is null ? null : new Step(whole, _begun++, looks);

    private sealed class Step(IProgress<PassProgress> whole, int before, int looks) : IProgress<PassProgress>
    {
        public void Report(PassProgress value) => whole.Report(new PassProgress(before * value.Total + value.Done, looks * value.Total));
    }
}
