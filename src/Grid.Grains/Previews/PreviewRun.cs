using System.Threading.RateLimiting;
using Grid.Grains.Backtests;
using Grid.Grains.Populations;
using Grid.Grains.Rules;
using Grid.Model;
using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Schemes;

namespace Grid.Grains.Previews;

/// <summary>The preview of one rulebook; other previews wait until it is disposed.</summary>
public sealed class PreviewRun(
    IGrainFactory grains,
    PopulationScan population,
    Currency currency,
    IReadOnlyList<SchemeSource> files,
    RulebookContent content,
    RateLimitLease lease) : IDisposable
{
    public RulebookContent Content => content;

    /// <summary>
    /// What publishing the files now would do, exact over all customers at one position: existing cut-offs stay, new ones are derived from all
    /// customers, then every customer adopts the candidate. Costs one scan of all customers, two when there are new measures.
    /// </summary>
    /// <param name="requested">Ids of schemes that are counted even when they move no customer.</param>
    public async Task<RulebookPreview> Preview(
        IReadOnlySet<string> requested, IProgress<ScanStep>? progress, CancellationToken cancellation)
    {
        using var rows = await population.Open(cancellation);
        var start = rows.Start;
        var history = await grains.Rules().History();
        var rulebook = new Rulebook(history[^1].Files.SequenceEqual(files) ? history[^1].Number : history[^1].Number + 1, start.AsOf, content);
        var inForce = history.First(published => published.Number == start.Rules.Rulebook.Number).Files;
        var unread = rulebook.Measures.Where(measure => KnownCutoffs.Find(start.Rules.Baseline.Cuts, measure, rulebook.TopsOf(measure)) is null).ToList();
        var steps = new ScanProgress(progress, unread.Count == 0 ? 1 : 2);
        var baseline = await Baseline(rows, rulebook, unread, steps, cancellation);
        var candidate = new PreviewedRulebook(start.Rules, rulebook, baseline, new ChangedFiles(inForce, files));
        var pass = await rows.Visit(from => new PreviewVisitor(from, candidate, requested, currency), steps.Next(), cancellation);
        var all = pass.Visitors[0];
        foreach (var part in pass.Visitors.Skip(1)) all.Add(part);
        return new RulebookPreview(start, rulebook, pass.Customers, all.Schemes, all.Gone);
    }

    /// <summary>The layers that the files would have given at past instants, none of them after now.</summary>
    public async Task<BacktestResult> Backtest(BacktestSeries series, IProgress<ScanStep>? progress, CancellationToken cancellation)
    {
        using var rows = await population.Open(cancellation);
        return await Backtests.Backtest.Run(rows, rows.Known, content, series, progress, cancellation);
    }

    public void Dispose() => lease.Dispose();

    /// <summary>The cut-offs that a publication would put in force, derived from the rows.</summary>
    private static async Task<Baseline> Baseline(
        PopulationRows rows, Rulebook rulebook, List<Measure> unread, ScanProgress steps, CancellationToken cancellation)
    {
        var start = rows.Start;
        var known = start.Rules.Baseline;
        var derived = new Dictionary<string, Cutoffs>();
        if (unread.Count > 0)
        {
            var read = await rows.Visit(from => new MeasureReadings(from, unread), steps.Next(), cancellation);
            for (var position = 0; position < unread.Count; position++)
            {
                var measure = unread[position];
                var values = read.Visitors.SelectMany(visitor => visitor[position]).ToList();
                CustomerId[] customers = Ranking.NeedsCustomers(measure) ? [.. values.Select(value => value.Customer)] : [];
                derived.Add(
                    measure.Id,
                    Ranking.Compute(measure, [.. values.Select(value => value.Value)], customers, rulebook.TopsOf(measure), start.AsOf));
            }
        }

        var cutoffs = rulebook.Measures.Select(measure => derived.GetValueOrDefault(measure.Id) ?? known.Of(measure)).ToList();
        return new Baseline(derived.Count == 0 ? known.Number : known.Number + 1, start.AsOf, cutoffs);
    }
}

/// <param name="Rulebook">The candidate, under the number that a publication would give it.</param>
/// <param name="Schemes">By position in the candidate; null for schemes that move no customer and were not requested.</param>
/// <param name="Gone">Tallies of schemes that the candidate does not have, by id.</param>
public sealed record RulebookPreview(
    ScanContext Start,
    Rulebook Rulebook,
    long Customers,
    IReadOnlyList<SchemeTally?> Schemes,
    IReadOnlyDictionary<string, SchemeTally> Gone);
