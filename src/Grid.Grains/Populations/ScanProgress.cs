namespace Grid.Grains.Populations;

/// <summary>Reports the progress of several scans, one after another, as that of one.</summary>
/// <param name="whole">Null: progress is not reported.</param>
/// <param name="looks">The number of scans.</param>
public sealed class ScanProgress(IProgress<ScanStep>? whole, int looks)
{
    private int _begun;

    public IProgress<ScanStep>? Next() => whole is null ? null : new Step(whole, _begun++, looks);

    private sealed class Step(IProgress<ScanStep> whole, int before, int looks) : IProgress<ScanStep>
    {
        public void Report(ScanStep value) => whole.Report(new ScanStep(before * value.Total + value.Done, looks * value.Total));
    }
}
