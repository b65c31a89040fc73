using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Time;
using Grid.Model.Transitions;
using Grid.Rulebooks.Explaining;
using Shouldly;
using Xunit;

namespace Grid.Tests.Explaining;

public sealed class ForecastOfManyCustomersTests
{
    private static readonly List<Asked> Customers = Population.Create(7, 300);

    [Fact]
    public void IsWhatComesWhenEveryDeadlineIsKept()
    {
        foreach (var one in Customers)
        {
            var forecast = one.Forecast();
            forecast.Complete.ShouldBeTrue();
            forecast.Transitions.ShouldBe(Lived(one).Select(Told));
        }
    }

    [Fact]
    public void IsWhatComesAfterYearsOfDowntime()
    {
        foreach (var one in Customers)
        {
            var late = CustomerDecider.Decide(Asked.Id, one.State, [], Asked.Day(2_000), one.Rules);
            one.Forecast().Transitions.ShouldBe((late.Change?.Transitions ?? []).Select(Told));
        }
    }

    [Fact]
    public void AgreesWithTheLawShortlyBeforeAndAtEveryInstant()
    {
        foreach (var one in Customers)
        {
            var customer = one.Opened();
            foreach (var coming in one.Forecast().Transitions)
            {
                var scheme = one.Rules.Rulebook.Find(coming.Scheme)!;
                var at = Instant.From(DateTimeOffset.Parse(coming.At));
                scheme.Layers[scheme.LayerOf(customer, at.Plus(-1), one.Rules.Baseline)].ShouldBe(coming.From);
                scheme.Layers[scheme.LayerOf(customer, at, one.Rules.Baseline)].ShouldBe(coming.To);
            }
        }
    }

    [Fact]
    public void BeginsWithTheNextInstantThatTheViewTellsPerScheme()
    {
        Customers.Sum(one => one.Forecast().Transitions.Count).ShouldBeGreaterThan(300, "else this proves little");
        foreach (var one in Customers)
        {
            var first = one.Forecast().Transitions.GroupBy(coming => coming.Scheme).ToDictionary(own => own.Key, own => own.First().At);
            foreach (var layer in one.View().Layers) layer.NextAt.ShouldBe(first.GetValueOrDefault(layer.Scheme));
        }
    }

    [Fact]
    public void LeavesTheCustomerAsItWas()
    {
        foreach (var one in Customers.Take(20))
        {
            var customer = one.Opened();
            var layers = customer.Layers.ToArray();
            var measures = customer.Measures.ToArray();
            Forecast.From(Asked.Id, customer, one.Now, one.Rules);
            customer.Layers.ShouldBe(layers);
            customer.Measures.ShouldBe(measures);
        }
    }

    private static List<Transition> Lived(Asked one)
    {
        var lived = new List<Transition>();
        var state = one.State;
        for (var due = CustomerHeader.Read(state).DueAt; !due.IsNever; due = CustomerHeader.Read(state).DueAt)
        {
            var change = CustomerDecider.Decide(Asked.Id, state, [], due, one.Rules).Change
                .ShouldNotBeNull("a deadline that changes nothing would come again");
            lived.AddRange(change.Transitions);
            state = change.State;
        }

        return lived;
    }

    private static ForecastTransition Told(Transition transition) =>
        new(transition.EffectiveAt.ToString(), transition.Scheme, transition.From, transition.To);
}
