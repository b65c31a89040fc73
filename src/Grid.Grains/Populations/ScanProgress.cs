namespace Grid.Grains.Populations;

/// <summary>Tells the progress of several looks at all customers, one after another, as that of one.</summary>
/// <param name="whole">Null: progress is not reported.</param>
/// <param name="looks">How many there will be.</param>
public sealed class ScanProgress(IProgress<ScanStep>? whole, int looks)
{
    private int _begun;

    public IProgress<ScanStep>? Next() => whole is null ? null : new Step(whole, _begun++, looks);

    private sealed class Step(IProgress<ScanStep> whole, int before, int looks) : IProgress<ScanStep>
    {
        public void Report(ScanStep value) => whole.Report(new ScanStep(before * value.Total + value.Done, looks * value.Total));
    }
}
