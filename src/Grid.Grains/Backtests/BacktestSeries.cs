using Grid.Model.Baselines;
using Grid.Model.Schemes;
using Grid.Model.Time;

namespace Grid.Grains.Backtests;

/// <summary>The instants of a backtest, and for each instant the cut-offs that decide at it.</summary>
public sealed class BacktestSeries
{
    /// <param name="every">Milliseconds, above 0.</param>
    public BacktestSeries(Instant from, Instant to, long every)
    {
        var instants = new List<Instant>();
        for (var at = from; at <= to && instants.Count <= GridLimits.BacktestInstantsMax; at = at.Plus(every)) instants.Add(at);
        Instants = instants;
    }

    public IReadOnlyList<Instant> Instants { get; }

    public bool IsTooLong => Instants.Count > GridLimits.BacktestInstantsMax;

    /// <summary>The cut-offs that the backtest must derive, each once.</summary>
    internal List<Derivation> Derivations(Rulebook rulebook) =>
        [.. Instants.SelectMany(at => rulebook.Measures.Select(measure => new Derivation(measure, DerivedAt(measure, at)))).Distinct()];

    /// <summary>
    /// The instant from whose population the cut-offs at another instant come: under the continuous policy the same instant, under the daily policy
    /// the last time of day by then. A frozen scheme has the same instant until <see cref="Baselines"/> finds the first one with a population, and
    /// keeps that one's cut-offs from there on.
    /// </summary>
    internal static Instant DerivedAt(Measure measure, Instant at)
    {
        if (measure.Policy is not DailyPolicy daily) return at;
        var day = daily.Days.DayOf(at) + 1;
        while (daily.Days.At(day, daily.Minute) > at) day--;
        return daily.Days.At(day, daily.Minute);
    }

    /// <summary>The baseline of each instant.</summary>
    internal List<Baseline> Baselines(Rulebook rulebook, IReadOnlyDictionary<Derivation, Cutoffs> derived)
    {
        var frozen = rulebook.Measures.Where(measure => measure.Policy is FrozenPolicy).ToDictionary(
            measure => measure.Id,
            measure => Instants.Select(at => derived[new Derivation(measure, at)]).FirstOrDefault(cutoffs => cutoffs.Population > 0));
        return
        [
            .. Instants.Select((at, index) => new Baseline(
                index + 1,
                at,
                [
                    .. rulebook.Measures.Select(measure =>
                    {
                        var own = derived[new Derivation(measure, DerivedAt(measure, at))];
                        return frozen.GetValueOrDefault(measure.Id) is { } first && first.AsOf <= at ? first : own;
                    }),
                ])),
        ];
    }
}

/// <summary>A measure and the instant whose population gives its cut-offs.</summary>
internal readonly record struct Derivation(Measure Measure, Instant At);
