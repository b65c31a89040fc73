using Grid.Model;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Time;

namespace Grid.Rulebooks.Explaining;

/// <summary>
/// A customer evaluated at an instant for an answer: everything due by then is worked off, and nothing is committed. Its version is that of the last
/// commit.
/// </summary>
public sealed class EvaluatedCustomer
{
    private readonly Customer _customer;
    private readonly Rules _rules;

    private EvaluatedCustomer(Customer customer, Instant asOf, Rules rules) => (_customer, AsOf, _rules) = (customer, asOf, rules);

    public CustomerId Id => _customer.Id;

    /// <summary>The instant of the query, or of the customer's last evaluation when a clock has stepped back.</summary>
    public Instant AsOf { get; }

    /// <param name="id">The customer.</param>
    /// <param name="state">Its state after the last commit; not changed.</param>
    /// <param name="now">The instant of the query.</param>
    /// <param name="rules">The rules in force, not older than those that decided the state.</param>
    public static EvaluatedCustomer From(CustomerId id, byte[] state, Instant now, Rules rules)
    {
        var customer = new Customer();
        CustomerCodec.Decode(id, state, customer);
        now = Instant.Max(now, customer.EvaluatedAt);
        var evaluator = new Evaluator();
        evaluator.Begin(id, customer, now, rules, []);
        evaluator.AdvanceTo(now);
        customer.DueAt = evaluator.DueAt();
        return new EvaluatedCustomer(customer, now, rules);
    }

    public CustomerView View(Currency currency) => CustomerView.From(Id, _customer, AsOf, _rules, currency);

    /// <summary>Null when the rules have no such scheme.</summary>
    public Explanation? Explain(string scheme, Currency currency) => Explanation.From(Id, _customer, scheme, AsOf, _rules, currency);

    public Forecast Forecast() => Explaining.Forecast.From(Id, _customer, AsOf, _rules);
}
