using Grid.Model.Facts;
using Grid.Model.Time;

namespace Grid.Tests.Schemes.Scenarios;

/// <summary>A random customer: any event that a shipped scheme reads may occur, on any day from 0 to 400.</summary>
internal sealed class RandomShopper
{
    private static readonly string[] Kinds = ["comment-added", "post-published", "content-shared", "referral", "quote-sent", "check-in"];
    private static readonly string[] Categories = ["coats", "dresses", "shoes", "boots"];
    private static readonly string[] Channels = ["web", "store", "live"];
    private static readonly string[] Cities = ["北京", "杭州", "Lhasa"];
    private static readonly string[] Genders = ["female", "男", "other", "?"];
    private static readonly string[] Stages = ["basic", "advanced", "final"];

    private readonly Random _random;
    private readonly string _name;
    private int _messages;

    /// <param name="random">Shared by all customers, so that one seed determines the population.</param>
    public RandomShopper(Random random, int number)
    {
        (_random, _name) = (random, $"shopper {number}");
        Facts = [.. Everything().OrderBy(fact => fact.At)];
    }

    public IReadOnlyList<Fact> Facts { get; }

    /// <summary>Many customers buy seldom and some often, and likewise for other events: a few tendencies describe a life.</summary>
    private IEnumerable<Fact> Everything()
    {
        var buys = _random.Next(4) == 0 ? 20 : _random.Next(4);
        var talks = _random.Next(3) == 0 ? 25 : _random.Next(3);
        var rich = _random.Next(5) == 0 ? 20 : 1;
        yield return new Browsed(Somewhen(), Key(), "shoes", 30);
        for (var order = 0; order < buys; order++)
        {
            var id = $"{_name} {order}";
            yield return new OrderPaid(Somewhen(), Key(), id, _random.Next(10, 300) * rich * 100L, One(Categories), One(Channels));
            if (_random.Next(8) == 0) yield return new OrderRefunded(Somewhen(), Key(), id, _random.Next(2) == 0 ? null : 1_000);
            if (_random.Next(12) == 0) yield return new OrderCancelled(Somewhen(), Key(), id);
        }

        var busy = Somewhen();
        for (var talk = 0; talk < talks; talk++)
            yield return new Interacted(_random.Next(4) == 0 ? Somewhen() : busy.Plus(_random.Next(20 * 24) * MillisecondsPer.Hour), Key(), One(Kinds));
        foreach (var fact in Person()) yield return fact;
    }

    private IEnumerable<Fact> Person()
    {
        if (_random.Next(3) > 0) yield return Trait("birthday", $"{_random.Next(1950, 2016)}-{_random.Next(1, 13):00}-{_random.Next(1, 29):00}");
        if (_random.Next(3) > 0) yield return Trait("gender", One(Genders));
        if (_random.Next(3) > 0) yield return Trait("city", One(Cities));
        if (_random.Next(3) > 0) yield return Trait("cityTier", $"{_random.Next(1, 6)}");
        if (_random.Next(3) > 0) yield return Trait("income", $"{_random.Next(40) * 1_000}");
        if (_random.Next(3) > 0) yield return Trait("stage", One(Stages));
        if (_random.Next(3) > 0) yield return Trait("score", $"{_random.Next(101)}");
        if (_random.Next(4) == 0) yield return new CommunityJoined(Somewhen(), Key(), "welcome", "qr-code");
        for (var plans = _random.Next(3); plans > 0; plans--)
        {
            var at = Somewhen();
            yield return new PlanPurchased(at, Key(), One(["gold", "silver"]), at.Plus(_random.Next(60) * MillisecondsPer.Day));
        }

        for (var earned = _random.Next(4); earned > 0; earned--)
            yield return new PointsChanged(Somewhen(), Key(), (long)Math.Pow(10, 1 + _random.NextDouble() * 3.6));
    }

    private TraitsSet Trait(string name, string value) => new(Somewhen(), Key(), [new Trait(name, TraitValue.OfText(value))]);

    private Instant Somewhen() => Walk.Day(_random.NextDouble() * 400);

    private MessageKey Key() => MessageKey.From($"{_name}, message {_messages++}");

    private string One(string[] names) => names[_random.Next(names.Length)];
}
