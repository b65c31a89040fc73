using System.Globalization;
using System.Text;

namespace Grid.Testing.Mutations;

/// <summary>Writes calls of the Segment specification with some wrong values.</summary>
internal sealed class CallWriter(int seed, DateTimeOffset now)
{
    private const int Customers = 200;

    private static readonly string[] Events =
    [
        "Order Completed", "Order Refunded", "Order Cancelled", "Product Viewed", "Product List Viewed", "Chat Started", "Moments Liked",
        "Check-in", "Referral Completed", "Group Joined", "Tag Added", "Tag Removed", "Membership Purchased", "Points Earned", "Points Redeemed",
        "Consent Granted", "Consent Withdrawn", "Never Heard Of",
    ];

    private static readonly string[] Envelope =
        ["type", "event", "userId", "anonymousId", "messageId", "timestamp", "sentAt", "groupId", "category", "properties", "traits", "context"];

    private static readonly string[] Properties =
    [
        "order_id", "total", "revenue", "currency", "category", "channel", "affiliation", "quantity", "products", "dwell", "tag", "expires_at",
        "expiresAt", "plan", "until", "points", "purpose", "group_id", "source",
    ];

    private readonly Random _random = new(seed ^ 0x5EED);
    private int _number;

    /// <summary>One call; about half of the calls have exactly one wrong value.</summary>
    public string Call(string kind)
    {
        _number++;
        var odd = _random.Next(4);
        var text = new StringBuilder("{");
        Member(text, "type", $"\"{kind}\"");
        if (kind == "track") Member(text, "event", $"\"{Events[_random.Next(Events.Length)]}\"");
        Member(text, _random.Next(6) == 0 ? "anonymousId" : "userId", Customer());
        if (_random.Next(3) > 0) Member(text, "messageId", $"\"m{(_random.Next(5) == 0 ? _random.Next(50) : _number)}\"");
        if (_random.Next(3) > 0) Member(text, "timestamp", Time());
        if (_random.Next(4) == 0) Member(text, "sentAt", Time());
        if (kind == "group") Member(text, "groupId", "\"g1\"");
        Member(text, kind is "identify" or "group" ? "traits" : "properties", kind is "identify" or "group" ? Traits() : PropertiesOf());
        for (; odd > 0; odd--)
            Member(text, _random.Next(10) == 0 ? OddName() : Envelope[_random.Next(Envelope.Length)], OddValue());
        return text.Append('}').ToString();
    }

    public string Customer() => _random.Next(8) == 0 ? OddValue() : $"\"u{_random.Next(Customers)}\"";

    public string OddValue() => _random.Next(12) switch
    {
        0 => OddValues.Long(_random),
        1 => OddValues.Deep(_random),
        _ => OddValues.Json[_random.Next(OddValues.Json.Length)],
    };

    /// <summary>Mostly an instant of the past year, as JSON text.</summary>
    public string Time() => _random.Next(10) == 0
        ? OddValue()
        : $"\"{now.AddSeconds(-_random.Next(30_000_000)).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}\"";

    /// <summary>The content of a JSON string, or another literal.</summary>
    public static string Plain(string json)
    {
        json = json.Trim();
        return json is ['"', .., '"'] ? json[1..^1] : json;
    }

    private string OddName() => Plain(OddValue()).Replace("\"", "", StringComparison.Ordinal);

    private string PropertiesOf()
    {
        if (_random.Next(20) == 0) return OddValue();
        var text = new StringBuilder("{");
        foreach (var name in Properties)
            if (_random.Next(3) > 0)
                Member(text, name, _random.Next(10) == 0 ? OddValue() : Usual(name));
        return text.Append('}').ToString();
    }

    private string Usual(string name) => name switch
    {
        "order_id" => $"\"o{_random.Next(2_000)}\"",
        "total" or "revenue" => (_random.Next(100_000) / 100m).ToString(CultureInfo.InvariantCulture),
        "currency" => "\"CNY\"",
        "quantity" or "dwell" or "points" => $"{_random.Next(1, 100)}",
        "products" => """[{"product_id":"p","quantity":2,"category":"tea"}]""",
        "expires_at" or "expiresAt" or "until" => Time(),
        _ => $"\"{name}-{_random.Next(5)}\"",
    };

    private string Traits()
    {
        if (_random.Next(20) == 0) return OddValue();
        var text = new StringBuilder("{");
        string[] names = ["age", "gender", "city", "birthday", "income", "source", "channel"];
        foreach (var name in names)
            if (_random.Next(2) == 0)
                Member(text, name, _random.Next(3) == 0 ? OddValue() : name == "age" ? "31" : $"\"{name}-{_random.Next(5)}\"");
        return text.Append('}').ToString();
    }

    private static void Member(StringBuilder text, string name, string value)
    {
        if (text.Length > 1) text.Append(',');
        text.Append('"').Append(name).Append("\":").Append(value);
    }
}
