using System.Globalization;
using System.Text.Json;

namespace Grid.Simulation.Workloads;

/// <summary>One event as a shop sends it, with its content in terms that an auditor can count.</summary>
internal abstract record Message(string Id, string Customer, DateTimeOffset At)
{
    protected abstract string Event { get; }

    public string ToJson()
    {
        var properties = new Dictionary<string, object>();
        Describe(properties);
        return JsonSerializer.Serialize(new
        {
            type = "track",
            messageId = Id,
            userId = Customer,
            timestamp = At.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
            @event = Event,
            properties,
        });
    }

    protected virtual void Describe(Dictionary<string, object> properties)
    {
    }
}

/// <param name="Amount">Minor units.</param>
internal sealed record Ordered(string Id, string Customer, DateTimeOffset At, string OrderId, long Amount) : Message(Id, Customer, At)
{
    protected override string Event => "Order Completed";

    protected override void Describe(Dictionary<string, object> properties) =>
        (properties["order_id"], properties["total"], properties["currency"]) = (OrderId, Amount / 100m, "CNY");
}

/// <param name="Amount">Minor units; null for the rest of the order.</param>
internal sealed record Refunded(string Id, string Customer, DateTimeOffset At, string OrderId, long? Amount) : Message(Id, Customer, At)
{
    protected override string Event => "Order Refunded";

    protected override void Describe(Dictionary<string, object> properties)
    {
        properties["order_id"] = OrderId;
        if (Amount is { } amount) properties["total"] = amount / 100m;
    }
}

internal sealed record Interacted(string Id, string Customer, DateTimeOffset At, string Name) : Message(Id, Customer, At)
{
    protected override string Event => Name;

    /// <summary>The interaction kind that the grid counts it as.</summary>
    public string Kind => Name.ToLowerInvariant().Replace(' ', '-');
}

internal sealed record Viewed(string Id, string Customer, DateTimeOffset At, string Category) : Message(Id, Customer, At)
{
    protected override string Event => "Product Viewed";

    protected override void Describe(Dictionary<string, object> properties) => properties["category"] = Category;
}

internal sealed record Tagged(string Id, string Customer, DateTimeOffset At, string Tag, bool Present) : Message(Id, Customer, At)
{
    protected override string Event => Present ? "Tag Added" : "Tag Removed";

    protected override void Describe(Dictionary<string, object> properties) => properties["tag"] = Tag;
}

internal sealed record Cancelled(string Id, string Customer, DateTimeOffset At, string OrderId) : Message(Id, Customer, At)
{
    protected override string Event => "Order Cancelled";

    protected override void Describe(Dictionary<string, object> properties) => properties["order_id"] = OrderId;
}
