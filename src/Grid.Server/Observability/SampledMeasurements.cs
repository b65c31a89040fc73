using System.Diagnostics.Metrics;
using Grid.Grains;
using Grid.Grains.Calls;
using Grid.Grains.Rules;
using Grid.Ledger;

namespace Grid.Server.Observability;

/// <summary>
/// Measurements that only grains can answer. Instruments are read synchronously, so the answers are fetched before: by each scrape, and at an
/// interval when metrics are exported by OTLP. Without scrapes and export no grain is called.
/// </summary>
/// <remarks>A measurement whose grain does not answer in time is absent, so that all others are still exported; an old value would look current.</remarks>
internal sealed partial class SampledMeasurements(
    ILedger ledger, CurrentRules rules, IGrainFactory grains, ILocalSiloDetails silo, GrainCalls calls, TimeProvider time, ILogger<SampledMeasurements> logger)
{
    /// <summary>A scrape of Prometheus waits 10 s by default.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(3);

    public IReadOnlyList<Measurement<long>> ResidentGrains { get; private set; } = [];

    public IReadOnlyList<Measurement<long>> SegmentLag { get; private set; } = [];

    public IReadOnlyList<Measurement<long>> SegmentCustomers { get; private set; } = [];

    public async Task Refresh()
    {
        var (resident, lag, customers) = (Read(Resident), Read(Lag), Read(Counts));
        ResidentGrains = await resident;
        SegmentLag = await lag;
        SegmentCustomers = await customers;
    }

    private async Task<IReadOnlyList<Measurement<long>>> Read(Func<Task<IReadOnlyList<Measurement<long>>>> measure)
    {
        try
        {
            return await measure().WaitAsync(AnswerWithin, time);
        }
        catch (Exception failure)
        {
            IsAbsent(logger, CallFailures.LevelOf(failure), failure);
            return [];
        }
    }

    private async Task<IReadOnlyList<Measurement<long>>> Resident()
    {
        var statistics = await grains.GetGrain<IManagementGrain>(0).GetRuntimeStatistics([silo.SiloAddress]);
        return [new(statistics[0].ActivationCount)];
    }

    private async Task<IReadOnlyList<Measurement<long>>> Lag()
    {
        var counted = LogPosition.Parse(await grains.LogReader().SegmentPosition());
        var (head, lag) = (ledger.Head, 0L);
        for (var lane = 0; lane < head.Lanes; lane++) lag += Math.Max(0, head[lane] - counted[lane]);
        return [new(lag)];
    }

    private async Task<IReadOnlyList<Measurement<long>>> Counts()
    {
        if (!rules.IsPublished) return [];
        var counts = new List<Measurement<long>>();
        foreach (var scheme in rules.Value.Rulebook.Schemes)
        {
            var snapshot = await calls.Call(grains.Segment(scheme.Id), static segment => segment.Snapshot());
            foreach (var layer in scheme.Layers)
                counts.Add(new(snapshot.Counts.GetValueOrDefault(layer), new("scheme", scheme.Id), new KeyValuePair<string, object?>("layer", layer)));
        }

        return counts;
    }

    [LoggerMessage(Message = "A measurement of the grains could not be read; it is absent from this export.")]
    private static partial void IsAbsent(ILogger logger, LogLevel level, Exception exception);
}
