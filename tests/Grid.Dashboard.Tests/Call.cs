using System.Text.Json.Nodes;

namespace Grid.Dashboard.Tests;

/// <summary>A call of the Segment specification, as the tests send it.</summary>
internal sealed record Call(string Type, string Customer, string? Event, JsonObject About)
{
    /// <summary>Two of one product, in the category <c>tea</c>.</summary>
    public static Call Order(string customer, string order, decimal total)
    {
        var product = new JsonObject { ["product_id"] = "p1", ["category"] = "tea", ["quantity"] = 2, ["price"] = total / 2 };
        return Track(customer, "Order Completed", new()
        {
            ["order_id"] = order,
            ["total"] = total,
            ["currency"] = "CNY",
            ["products"] = new JsonArray(product),
        });
    }

    public static Call Track(string customer, string name, JsonObject? properties = null) => new("track", customer, name, properties ?? []);

    public static Call Identify(string customer, JsonObject traits) => new("identify", customer, null, traits);

    public JsonObject ToJson(string messageId) => new()
    {
        ["type"] = Type,
        ["messageId"] = messageId,
        ["userId"] = Customer,
        ["event"] = Event,
        [Type == "identify" ? "traits" : "properties"] = About.DeepClone(),
    };
}
