using Grid.Model.Facts;

namespace Grid.Tests.Schemes.Scenarios;

/// <summary>Events of a customer on a walk. Amounts in yuan.</summary>
internal static class Happens
{
    public static What Order(string id, long yuan, string? category = null, string? channel = null) =>
        (at, key) => new OrderPaid(at, key, id, yuan * 100, category, channel);

    public static What Refund(string id, long? yuan = null) => (at, key) => new OrderRefunded(at, key, id, yuan * 100);

    public static What Cancellation(string id) => (at, key) => new OrderCancelled(at, key, id);

    public static What Interaction(string kind = "comment-added") => (at, key) => new Interacted(at, key, kind);

    public static What[] Interactions(int times) => [.. Enumerable.Repeat(Interaction(), times)];

    public static What View() => (at, key) => new Browsed(at, key, "shoes", 20);

    public static What Trait(string name, string value) => (at, key) => new TraitsSet(at, key, [new Trait(name, TraitValue.OfText(value))]);

    public static What Plan(string name, double untilDay) => (at, key) => new PlanPurchased(at, key, name, Walk.Day(untilDay));

    public static What Points(long points) => (at, key) => new PointsChanged(at, key, points);

    public static What Group() => (at, key) => new CommunityJoined(at, key, "welcome", "qr-code");
}
