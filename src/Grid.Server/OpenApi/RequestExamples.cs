using System.Text.Json.Nodes;

namespace Grid.Server.OpenApi;

/// <summary>A body that each route takes.</summary>
internal static class RequestExamples
{
    private const string Order = """
        {
          "userId": "u1", "messageId": "m1", "event": "Order Completed", "timestamp": "2026-01-31T08:00:00Z",
          "properties": { "order_id": "o1", "total": 129.9, "currency": "CNY", "category": "tea" }
        }
        """;

    private const string Files = """
        {
          "replace": [ { "file": "big-spenders.yaml",
            "yaml": "audience: big-spenders\nname: { zh: 大客户, en: Big spenders }\nwhen: spend(90d) >= 1000\n" } ],
          "author": "operations", "note": "a new audience"
        }
        """;

    private const string Orders = "customer_id,order_id,occurred_at,amount\nu4,c1,2026-01-31T08:00:00Z,12990\n";

    private const string Lines = """{ "type": "identify", "userId": "u4", "messageId": "n1", "traits": { "city": "Shanghai" } }""";

    private static readonly Dictionary<string, string> Bodies = new(StringComparer.Ordinal)
    {
        ["v1/track"] = Order,
        ["v1/identify"] = """{ "userId": "u1", "messageId": "m2", "traits": { "city": "Shanghai", "birthday": "1990-02-28" } }""",
        ["v1/page"] = """{ "userId": "u1", "messageId": "m3", "name": "Green tea", "properties": { "category": "tea", "dwell": 12 } }""",
        ["v1/screen"] = """{ "userId": "u1", "messageId": "m4", "name": "Green tea", "properties": { "category": "tea", "dwell": 12 } }""",
        ["v1/group"] = """{ "userId": "u1", "messageId": "m5", "groupId": "g1", "traits": { "source": "qr-code" } }""",
        ["v1/alias"] = """{ "userId": "u1", "previousId": "visitor-7", "messageId": "m6" }""",
        ["v1/batch"] = """{ "batch": [ { "type": "identify", "userId": "u1", "messageId": "m7", "traits": { "vip": true } } ] }""",
        ["v1/rulebooks"] = Files,
        ["v1/schemes/lint"] = Files,
        ["v1/schemes/preview"] = Files,
        ["v1/schemes/backtest"] = """{ "from": "2026-01-01T00:00:00Z", "to": "2026-01-31T00:00:00Z", "every": "7d" }""",
    };

    /// <exception cref="InvalidOperationException">The route has no example.</exception>
    public static JsonNode Find(string path, string contentType)
    {
        if (path == "v1/import") return JsonValue.Create(contentType == "text/csv" ? Orders : Lines);
        return Bodies.TryGetValue(path, out var body)
            ? JsonNode.Parse(body)!
            : throw new InvalidOperationException($"/{path} has no example; add one to {nameof(RequestExamples)}.");
    }
}
