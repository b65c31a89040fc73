using Grid.Model.Baselines;
using Grid.Model.Metrics;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Definitions;

namespace Grid.Rulebooks.Linting;

/// <summary>
/// The variables of scores and top shares. They exist only for customers with an order in the window; the cut-offs themselves may have any value,
/// because they change.
/// </summary>
internal sealed class ScoreVariables(ConstraintModel model, OrderVariables orders, Func<Metric, Reading> read)
{
    private readonly List<(string Measure, int PerMille, Variable Unknown)> _tops = [];
    private readonly HashSet<string> _scored = [];

    /// <param name="measure">A measure over the customers with an order in the window of <paramref name="rfm"/>.</param>
    public Variable Score(Measure measure, RfmMeasures rfm)
    {
        var score = model.Of($"score {measure.Id}", IntervalSet.Between(0, 5), ValueKind.Count);
        if (!_scored.Add(measure.Id)) return score;
        var population = orders.Count(rfm.Window);
        model.State(population.AtLeast(1), score.AtMost(0));
        model.State(population.AtMost(0), score.AtLeast(1));
        if (measure is BandedMetric banded) StateBands(banded, score, population);
        return score;
    }

    /// <summary>The mean of scores is at least 1, so only a score of 2 or more can exceed it, by whatever margin.</summary>
    public Variable High(Measure measure, RfmMeasures rfm)
    {
        var high = model.Of($"high {measure.Id}", Variable.Truths, ValueKind.Truth);
        model.State(high.AtMost(0), Score(measure, rfm).AtLeast(2));
        return high;
    }

    public Variable Sum(RfmMeasures rfm)
    {
        var sum = model.Of("score sum", IntervalSet.Between(0, 15), ValueKind.Count);
        List<Variable> scores = [Score(rfm.Recency, rfm), Score(rfm.Frequency, rfm), Score(rfm.Monetary, rfm)];
        model.State(new Relation([(sum, 1), .. scores.Select(score => (score, -1))], 0));
        model.State(new Relation([(sum, -1), .. scores.Select(score => (score, 1))], 0));
        return sum;
    }

    public Variable Top(TopMetric metric)
    {
        var measure = metric.Measure;
        var top = model.Of($"top {metric.PerMille} {measure.Id}", Variable.Truths, ValueKind.Truth);
        if (_tops.Exists(known => known.Unknown == top)) return top;
        foreach (var (_, perMille, other) in _tops.Where(known => known.Measure == measure.Id))
            model.State(perMille < metric.PerMille ? Relation.Ordered(other, top) : Relation.Ordered(top, other));
        _tops.Add((measure.Id, metric.PerMille, top));
        if (measure is RankedMetric { Metric: OrderMetric ranked }) model.State(top.AtMost(0), orders.Count(ranked.Window).AtLeast(1));
        return top;
    }

    private void StateBands(BandedMetric banded, Variable score, Variable population)
    {
        var value = read(banded.Metric);
        for (var index = 0; index < banded.Bounds.Count; index++)
        {
            var (least, bound) = (5 - index, banded.Bounds[index]);
            var reaches = value.Where(banded.SmallIsGood ? IntervalSet.From(Operator.Less, bound) : IntervalSet.AtLeast(bound));
            model.State(population.AtMost(0), score.AtMost(least - 1), reaches);
            model.State(population.AtMost(0), score.AtLeast(least), reaches.Negated());
        }
    }
}
