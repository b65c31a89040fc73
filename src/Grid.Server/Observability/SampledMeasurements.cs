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
internal sealed class SampledMeasurements(ILedger ledger, CurrentRules rules, IGrainFactory grains, ILocalSiloDetails silo, GrainCalls calls)
{
    public long ResidentGrains { get; private set; }

    public long SegmentLag { get; private set; }

    public IReadOnlyList<Measurement<long>> SegmentCustomers { get; private set; } = [];

    public async Task Refresh()
    {
        ResidentGrains = (await grains.GetGrain<IManagementGrain>(0).GetRuntimeStatistics([silo.SiloAddress]))[0].ActivationCount;
        SegmentLag = LagOf(LogPosition.Parse(await grains.LogReader().SegmentPosition()));
        if (rules.IsPublished) SegmentCustomers = await Counts();
    }

    private long LagOf(LogPosition counted)
    {
        var (head, lag) = (ledger.Head, 0L);
        for (var lane = 0; lane < head.Lanes; lane++) lag += Math.Max(0, head[lane] - counted[lane]);
        return lag;
    }

    private async Task<IReadOnlyList<Measurement<long>>> Counts()
    {
        var counts = new List<Measurement<long>>();
        foreach (var scheme in rules.Value.Rulebook.Schemes)
        {
            var snapshot = await calls.Call(grains.Segment(scheme.Id), static segment => segment.Snapshot());
            foreach (var layer in scheme.Layers)
                counts.Add(new(snapshot.Counts.GetValueOrDefault(layer), new("scheme", scheme.Id), new KeyValuePair<string, object?>("layer", layer)));
        }

        return counts;
    }
}
