using Grid.Model.Baselines;
using Grid.Model.Evaluation;
using Grid.Model.Facts;
using Grid.Model.Schemes;
using Grid.Model.Time;
using Grid.Model.Transitions;
using Grid.Tests.Model;
using Grid.Tests.Model.Histories;
using Shouldly;

namespace Grid.Tests.Schemes.Scenarios;

/// <summary>A fact to which the walk gives its instant and key.</summary>
internal delegate Fact What(Instant at, MessageKey key);

/// <summary>
/// One customer's way through the layers of a shipped scheme. Each step is an event or a stretch of time; <see cref="Becomes"/> states the expected
/// transition, and no other may have occurred: the layer, the exact instant, the cause and the direction are all checked.
/// </summary>
internal sealed class Walk
{
    private static readonly Instant Start = Instant.From(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private readonly Life _life;
    private readonly Scheme _scheme;
    private readonly HashSet<string> _visited = [];
    private int _messages;
    private int _told;
    private Instant _at;
    private Instant _noticedAt;
    private Cause _cause;

    private Walk(Scheme scheme, Rulebook rulebook)
    {
        _scheme = scheme;
        _life = new Life(new Rules(rulebook, Baseline.None));
    }

    public IReadOnlySet<string> Visited => _visited;

    public static Walk Through(string scheme)
    {
        var rulebook = SomeSchemes.Rulebook(SomeSchemes.Shipped.Where(definition => definition.Id == scheme));
        return new Walk(rulebook.Schemes.Single(), rulebook);
    }

    /// <summary>Counted from the first of January 2026.</summary>
    public static Instant Day(double day) => Start.Plus((long)(day * MillisecondsPer.Day));

    public static Instant Date(int year, int month, int day) => Instant.From(new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero));

    /// <summary>Facts that arrive when they occur.</summary>
    public Walk On(double day, params What[] facts)
    {
        var at = Day(day);
        return Takes(at, at, CauseKind.Event, facts);
    }

    /// <summary>A fact that occurred on one day and arrives on another.</summary>
    public Walk Late(double day, double happenedOn, What fact) => Takes(Day(day), Day(happenedOn), CauseKind.LateEvent, [fact]);

    /// <summary>No event until that instant, when time alone changes the layer. It is recorded a minute late.</summary>
    public Walk Waits(double day) => Waits(Day(day));

    public Walk Waits(Instant until)
    {
        Unmoved();
        _life.Take(until.Plus(-1));
        _life.Transitions.Count.ShouldBe(_told, $"{_scheme.Id} moved before {until}");
        (_at, _noticedAt, _cause) = (until, until.Plus(MillisecondsPer.Minute), new Cause(CauseKind.Time));
        _life.Take(_noticedAt);
        return this;
    }

    /// <summary>Publishes the cut-offs of a population.</summary>
    public Walk Published(Neighbours neighbours, double day = 0, int number = 1)
    {
        Unmoved();
        (_at, _noticedAt, _cause) = (Day(day), Day(day), new Cause(CauseKind.Baseline, number));
        _life.Rules = new Rules(_life.Rules.Rulebook, neighbours.BaselineOf(_life.Rules.Rulebook, number, Day(day)));
        _life.Take(_at);
        return this;
    }

    /// <summary>Checks that the previous step brought exactly this transition.</summary>
    public Walk Becomes(string layer)
    {
        var transition = _life.Transitions.Skip(_told).ShouldHaveSingleItem($"{_scheme.Id} to {layer} at {_at}");
        transition.To.ShouldBe(layer, $"{_scheme.Id} at {_at}");
        transition.EffectiveAt.ShouldBe(_at, $"{_scheme.Id} to {layer}");
        transition.RecordedAt.ShouldBe(_noticedAt, $"{_scheme.Id} to {layer}");
        transition.Cause.ShouldBe(_cause, $"{_scheme.Id} to {layer}");
        transition.Direction.ShouldBe(DirectionOf(transition), $"{_scheme.Id} to {layer}");
        _life.LayerOf(_scheme.Id).ShouldBe(layer);
        _visited.Add(layer);
        _told++;
        return this;
    }

    /// <summary>Checks that the previous step brought no transition, or no further one.</summary>
    public Walk Unmoved()
    {
        _life.Transitions.Skip(_told).ShouldBeEmpty($"{_scheme.Id} at {_at}");
        return this;
    }

    private Walk Takes(Instant now, Instant at, CauseKind cause, What[] facts)
    {
        Unmoved();
        (_at, _noticedAt, _cause) = (now, now, new Cause(cause));
        var result = _life.Take(now, [.. facts.Select(fact => fact(at, MessageKey.From($"message {_messages++}")))]);
        result.Outcomes.ShouldAllBe(outcome => outcome.Kind == OutcomeKind.Accepted);
        return this;
    }

    private Direction DirectionOf(Transition transition)
    {
        if (transition.From is null) return Direction.Entry;
        if (!_scheme.Definition.IsOrdered) return Direction.Change;
        return _scheme.IndexOf(transition.From) < _scheme.IndexOf(transition.To!) ? Direction.Upgrade : Direction.Downgrade;
    }
}
