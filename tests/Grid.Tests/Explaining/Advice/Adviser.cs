using System.Globalization;
using Grid.Model;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Rulebooks.Explaining;
using Shouldly;

namespace Grid.Tests.Explaining.Advice;

/// <summary>A customer that follows the steps of its explanations, each time from its present state. Rules and baseline stay the same.</summary>
internal sealed class Adviser(Rules rules, byte[] state, Instant now)
{
    private static readonly CustomerId Id = new("follower");

    public Instant Now => now;

    public Explanation Explain(string scheme) =>
        Explanation.From(Id, Opened(state), scheme, now, rules, Currency.Cny).ShouldNotBeNull();

    /// <summary>The layer after all steps, or null when one of them names no action.</summary>
    /// <param name="scheme">The explained scheme.</param>
    /// <param name="steps">The steps, without choices and remarks.</param>
    /// <param name="waitFirst">Whether the waiting comes before the actions.</param>
    /// <param name="wanted">The wanted layer: for a favourite, orders are placed until the customer is in it.</param>
    /// <param name="after">How long to wait before the first action, in milliseconds.</param>
    public string? Followed(string scheme, IReadOnlyList<StepView> steps, bool waitFirst, string wanted, long after = 0)
    {
        const int many = 30;
        if (steps.All(step => step.Kind != "favourite")) return Followed(scheme, steps, waitFirst, after, 0);
        string? layer = null;
        for (var orders = 1; orders <= many && layer != wanted; orders++) layer = Followed(scheme, steps, waitFirst, after, orders);
        return layer;
    }

    private string? Followed(string scheme, IReadOnlyList<StepView> steps, bool waitFirst, long after, int favourite)
    {
        var until = steps.Where(step => step.Kind == "wait").Select(step => At(step.At)).Append(now.Plus(after)).Max();
        var done = waitFirst ? until : now.Plus(after);
        if (Happenings.From(steps, done, until, favourite) is not { } facts) return null;
        var before = Taken(state, [], done);
        return LayerIn(Taken(facts.Count == 0 ? before : Taken(before, facts, done), [], until), scheme);
    }

    /// <summary>Every layer that time alone brings, with the first instant of each.</summary>
    public Dictionary<string, Instant> Awaited(string scheme)
    {
        var met = new Dictionary<string, Instant>();
        var current = state;
        for (var steps = 0; steps < 400 && Opened(current).DueAt is { IsNever: false } due; steps++)
        {
            current = Taken(current, [], due);
            met.TryAdd(LayerIn(current, scheme), due);
        }

        return met;
    }

    /// <summary>Whether one simple event brings the customer there.</summary>
    public bool Reaches(string scheme, string layer)
    {
        IReadOnlyList<StepView> simple =
        [
            new("order", 1, "0.01"), new("order", 1, "100.00"), new("order", 1, "10000.00"), new("order", 3), new("order", 20, "100.00"),
            new("interaction", 1), new("interaction", 10), new("view", 1), new("points", 100), new("community"),
            new("wait", At: now.Plus(MillisecondsPer.Day).ToString()), new("wait", At: now.Plus(400 * MillisecondsPer.Day).ToString()),
        ];
        return simple.Any(step => Followed(scheme, [step], false, layer) == layer);
    }

    public static Instant At(string? written) =>
        Instant.From(DateTimeOffset.Parse(written.ShouldNotBeNull(), CultureInfo.InvariantCulture));

    private byte[] Taken(byte[] from, IReadOnlyList<Fact> facts, Instant at)
    {
        var result = CustomerDecider.Decide(Id, from, facts, at, rules);
        result.Outcomes.ShouldAllBe(outcome => outcome.Kind == OutcomeKind.Accepted);
        return result.Change?.State ?? from;
    }

    private string LayerIn(byte[] from, string scheme)
    {
        var index = rules.Rulebook.Schemes.ToList().FindIndex(one => one.Id == scheme);
        return rules.Rulebook.Schemes[index].Layers[Opened(from).Layers[index].Layer];
    }

    private static Customer Opened(byte[] from)
    {
        var customer = new Customer();
        CustomerCodec.Decode(Id, from, customer);
        return customer;
    }
}
