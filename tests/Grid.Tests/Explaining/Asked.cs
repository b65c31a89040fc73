using System.Text;
using Grid.Model;
using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Facts;
using Grid.Model.Schemes;
using Grid.Model.Time;
using Grid.Rulebooks.Compiling;
using Grid.Rulebooks.Explaining;
using Grid.Rulebooks.Reading;
using Grid.Rulebooks.Shipped;
using Shouldly;

namespace Grid.Tests.Explaining;

/// <summary>A customer that takes some turns and is then explained.</summary>
internal sealed class Asked(Rules rules)
{
    public static readonly CustomerId Id = new("u1");
    public static readonly Instant Start = Instant.From(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private int _messages;

    public byte[]? State { get; private set; }

    public Rules Rules { get; set; } = rules;

    public Instant Now { get; private set; } = Start;

    public static Instant Day(double days) => Start.Plus((long)(days * MillisecondsPer.Day));

    public static Rules Shipped(Baseline? baseline = null) =>
        RulesOf(baseline, [.. ShippedSchemes.Schemes().Select(file => Encoding.UTF8.GetString(file.Yaml))]);

    public static Rules RulesOf(Baseline? baseline, params string[] schemes) =>
        new(new Rulebook(1, Start.Plus(-1), [.. schemes.Select(Compiled)]), baseline ?? Baseline.None);

    public Asked Took(double day, params Func<Instant, MessageKey, Fact>[] facts)
    {
        Now = Day(day);
        return Turned([.. facts.Select(fact => fact(Now, MessageKey.From($"m{_messages++}")))]);
    }

    public Asked Ordered(double day, long amount = 10_000) => Took(day, (at, key) => new OrderPaid(at, key, $"o{_messages}", amount));

    public Asked Waited(double day)
    {
        Now = Day(day);
        return Turned([]);
    }

    public CustomerView View() => CustomerView.From(Id, Opened(), Now, Rules, Currency.Cny);

    public Explanation Explanation(string scheme) =>
        Grid.Rulebooks.Explaining.Explanation.From(Id, Opened(), scheme, Now, Rules, Currency.Cny).ShouldNotBeNull();

    public Forecast Forecast() => Grid.Rulebooks.Explaining.Forecast.From(Id, Opened(), Now, Rules);

    /// <summary>The sentences in English.</summary>
    public IReadOnlyList<string> Missing(string scheme, string layer) =>
        [.. Explanation(scheme).Others.Single(other => other.Layer == layer).Missing.Select(missing => missing.Text.En)];

    public IReadOnlyList<string> MissingInChinese(string scheme, string layer) =>
        [.. Explanation(scheme).Others.Single(other => other.Layer == layer).Missing.Select(missing => missing.Text.Zh)];

    public Customer Opened()
    {
        var customer = new Customer();
        CustomerCodec.Decode(Id, State.ShouldNotBeNull(), customer);
        return customer;
    }

    public Asked Turned(IReadOnlyList<Fact> facts)
    {
        var result = CustomerDecider.Decide(Id, State, facts, Now, Rules);
        result.Outcomes.ShouldAllBe(outcome => outcome.Kind == OutcomeKind.Accepted);
        State = result.Change?.State ?? State;
        return this;
    }

    private static Scheme Compiled(string yaml)
    {
        var file = SchemeFile.Read("scheme.yaml", yaml);
        file.Faults.ShouldBeEmpty();
        var (scheme, faults) = SchemeCompiler.Compile(file.Scheme!, Currency.Cny);
        faults.ShouldBeEmpty();
        return scheme!;
    }
}
