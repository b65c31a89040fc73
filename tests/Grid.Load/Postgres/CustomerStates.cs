using Grid.Load.Turns;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Facts;
using Grid.Model.Transitions;

namespace Grid.Load.Postgres;

/// <summary>
/// States as the model encodes them: some thousand customers with ten orders, each with what it becomes by an order, an
/// interaction and two views. A customer of the population takes these in turn, so that an update is what an event makes of a state.
/// </summary>
internal sealed class CustomerStates
{
    private const int Templates = 4_000;
    private const int Turns = 4;
    private readonly CustomerChange[][] _changes = new CustomerChange[Templates][];

    public CustomerStates(int customers)
    {
        Ids = [.. Enumerable.Range(0, customers).Select(n => new CustomerId($"user-{n:D8}"))];
        var rules = TurnCost.RulesInForce();
        var random = new Random(5);
        for (var template = 0; template < Templates; template++)
        {
            var changes = _changes[template] = new CustomerChange[Turns + 1];
            changes[0] = TurnCost.Filled(template, random, rules);
            for (var turn = 1; turn <= Turns; turn++)
            {
                var at = TurnCost.Start.Plus(turn * 60_000);
                var key = new MessageKey((ulong)random.NextInt64());
                Fact fact = turn switch
                {
                    1 => new OrderPaid(at, key, $"n-{template}", random.Next(100, 99_999), "tea", "web", 1),
                    2 => new Interacted(at, key, "comment"),
                    _ => new Browsed(at, key, "tea", 12),
                };
                changes[turn] = CustomerDecider.Decide(changes[0].Customer, changes[turn - 1].State, [fact], at, rules).Change!;
            }
        }
    }

    public CustomerId[] Ids { get; }

    public double StateBytes => _changes.Average(changes => changes.Skip(1).Average(change => change.State.Length));

    public double TransitionsEach => _changes.Average(changes => changes.Skip(1).Average(change => change.Transitions.Count));

    public CustomerChange First(int customer) => Of(customer, 0, 1);

    /// <summary>The change that leads to a version above 1.</summary>
    public CustomerChange Next(int customer, long version) => Of(customer, 1 + (int)((version - 2) % Turns), version);

    private CustomerChange Of(int customer, int turn, long version)
    {
        var change = _changes[customer % Templates][turn];
        var id = Ids[customer];
        IReadOnlyList<Transition> transitions =
            change.Transitions.Count == 0 ? [] : [.. change.Transitions.Select(transition => transition with { Customer = id })];
        return change with { Customer = id, Version = version, Transitions = transitions };
    }
}
