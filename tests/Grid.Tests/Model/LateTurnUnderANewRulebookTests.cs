using Grid.Model;
using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Facts;
using Grid.Model.Schemes;
using Grid.Model.Time;
using Grid.Model.Transitions;
using Grid.Rulebooks.Compiling;
using Grid.Rulebooks.Reading;
using Grid.Rulebooks.Shipped;
using Shouldly;
using Xunit;

namespace Grid.Tests.Model;

/// <summary>A customer who was due when a rulebook with other schemes was published, and whose turn comes only after that.</summary>
public sealed class LateTurnUnderANewRulebookTests
{
    private static readonly Instant Start = Instant.From(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void TakesTheNewRulebookOnFromWhereItWas()
    {
        var all = SchemeFolder.Read(ShippedSchemes.Files()).Schemes.Select(scheme => SchemeCompiler.Compile(scheme, Currency.Cny).Scheme!).ToList();
        var before = new Rulebook(1, Start, [.. all.Where(scheme => scheme.Id == "lifecycle")]);
        var published = Start.Plus(200 * MillisecondsPer.Day);
        var after = new Rulebook(2, published, all);
        var layouts = new[] { before, after }.ToDictionary(rulebook => rulebook.Number, RulebookLayout.From);
        var customer = new CustomerId("late");
        var bought = CustomerDecider.Decide(
            customer, null, [new OrderPaid(Start, MessageKey.From("a"), "a", 100_00)], Start, new Rules(before, Baseline.None, layouts)).Change!;
        bought.DueAt.ShouldBeLessThan(published);

        var late = CustomerDecider.Decide(customer, bought.State, [], published.Plus(5), new Rules(after, Baseline.None, layouts)).Change!;

        var moved = late.Transitions.Single(transition => transition.Scheme == "lifecycle");
        (moved.From, moved.To, moved.Cause, moved.EffectiveAt).ShouldBe(("new", "lost", new Cause(CauseKind.Rulebook, 2), published));
        late.Transitions.Count.ShouldBe(all.Count);
    }
}
