using Grid.Grains.Populations;
using Grid.Model.Baselines;
using Grid.Model.Schemes;

namespace Grid.Grains.Backtests;

/// <summary>
/// The layers that a rulebook would have given at past instants, from the customers' own histories. Costs one scan of all customers for each
/// <see cref="GridLimits.BacktestValuesMax"/> values of measures (instants × measures × customers), which derive the cut-offs of each instant, and
/// one more scan that decides every customer at every instant.
/// </summary>
internal static class Backtest
{
    public static async Task<BacktestResult> Run(
        PopulationRows rows,
        long customers,
        RulebookContent content,
        BacktestSeries series,
        IProgress<ScanStep>? progress,
        CancellationToken cancellation)
    {
        var rulebook = new Rulebook(0, rows.Start.AsOf, content);
        var chunks = series.Derivations(rulebook).Chunk((int)Math.Max(1, GridLimits.BacktestValuesMax / Math.Max(1, customers))).ToList();
        var steps = new ScanProgress(progress, chunks.Count + 1);
        var derived = new Dictionary<Derivation, Cutoffs>();
        foreach (var chunk in chunks)
        {
            var read = await rows.Visit(_ => new PastValues(chunk), steps.Next(), cancellation);
            for (var index = 0; index < chunk.Length; index++)
                derived.Add(chunk[index], PastValues.Derive(read.Visitors, index, chunk[index], rulebook.TopsOf(chunk[index].Measure)));
        }

        var baselines = series.Baselines(rulebook, derived);
        var pass = await rows.Visit(_ => new BacktestVisitor(rulebook, series.Instants, baselines), steps.Next(), cancellation);
        var all = pass.Visitors[0];
        foreach (var part in pass.Visitors.Skip(1)) all.Add(part);
        return new BacktestResult(rows.Start, rulebook, series, pass.Customers, all);
    }
}

public sealed record BacktestResult(ScanContext Start, Rulebook Rulebook, BacktestSeries Series, long Customers, BacktestVisitor Counts);
