using Grid.Model;
using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Metrics;

namespace Grid.Rulebooks.Explaining.Requirements;

/// <summary>
/// Finds by simulation the fewest orders, and the least amount, that raise the sum of the scores to a target under the baseline's cut-offs.
/// </summary>
internal sealed class ScoreCheck(EvaluationContext context, ScoreSumMetric metric, long target)
{
    /// <summary>Null when the limit of simulated orders does not reach the target.</summary>
    public (long Orders, long Amount)? Least()
    {
        var copy = CustomerCopy.From(context.Customer);
        for (var orders = 1; orders <= AnswerLimits.OrdersTriedMax; orders++)
        {
            foreach (var amount in Amounts(copy).Prepend(0))
            {
                var richer = CustomerCopy.From(copy);
                if (Applied(richer, orders, amount) && Reaches(richer)) return (orders, amount);
            }

            if (!Applied(copy, orders, 0)) return null;
        }

        return null;
    }

    /// <summary>The missing amount to each higher monetary score, the smallest first.</summary>
    private IEnumerable<long> Amounts(Customer copy)
    {
        var monetary = metric.Measures[^1];
        var value = monetary is BandedMetric banded
            ? banded.Metric.Value(copy, context.Now, context.Baseline)
            : monetary.Value(copy, context.Now);
        var bounds = monetary is BandedMetric { Bounds: var written }
            ? written.Reverse()
            : Enumerable.Range(2, 4).Select(score => context.Baseline.Of(monetary).Least(score, context.Customer.Id));
        return bounds.Where(bound => bound > value && bound != long.MaxValue && bound - value <= Limits.AmountMax).Select(bound => bound - value);
    }

    private bool Reaches(Customer copy) => metric.Value(copy, context.Now, context.Baseline) >= target;

    private bool Applied(Customer copy, int number, long amount)
    {
        var id = $"tried {number}";
        return copy.Apply(new OrderPaid(context.Now, MessageKey.From(id), id, amount)).Kind == OutcomeKind.Accepted;
    }
}
