using Grid.Model.Baselines;
using Grid.Model.Evaluation;
using Grid.Model.Facts;
using Grid.Model.Schemes;
using Grid.Model.Time;
using Grid.Tests.Model.Histories;

namespace Grid.Tests.Schemes.Scenarios;

/// <summary>
/// A hundred other customers, spread evenly, so that their cut-offs are simple: the last order every half day back to day −50, one to five orders,
/// 100 to 10,000 yuan in all. By rank, these are high: a last order since day −20, four orders, 6,100 yuan. The top 10 % spend 9,100, the top 20 %
/// 8,100 and the top 60 % 4,100.
/// </summary>
/// <param name="richer">The factor by which their spend is higher.</param>
internal sealed class Neighbours(int richer = 1)
{
    private const int Count = 100;

    public Baseline BaselineOf(Rulebook rulebook, int number, Instant asOf)
    {
        var rules = new Rules(rulebook, Baseline.None);
        var measures = Enumerable.Range(1, Count).Select(neighbour =>
        {
            var life = new Life(rules);
            life.Take(Walk.Day(0), [.. OrdersOf(neighbour)]);
            return life.Customer.Measures;
        });
        return Agreement.BaselineOf([.. measures], rulebook, number, asOf);
    }

    /// <summary>Seven and thirty-seven share no factor with a hundred, so that each remainder occurs once.</summary>
    private IEnumerable<OrderPaid> OrdersOf(int neighbour)
    {
        var orders = 1 + neighbour * 7 % Count / 20;
        var yuan = 100L * richer * (1 + neighbour * 37 % Count);
        for (var order = 0; order < orders; order++)
        {
            var id = $"order {order} of {neighbour}";
            var at = Walk.Day(-0.5 * neighbour).Plus(-order * MillisecondsPer.Hour);
            yield return new OrderPaid(at, MessageKey.From(id), id, (order == 0 ? yuan - (orders - 1) : 1) * 100);
        }
    }
}
