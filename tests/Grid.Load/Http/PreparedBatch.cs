using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Grid.Model.Time;

namespace Grid.Load.Http;

/// <summary>
/// A whole HTTP request with a batch of events, written once. Before it is sent again only its ids and times are overwritten, so that
/// the client's share of the machine stays small and no event is a duplicate.
/// </summary>
internal sealed class PreparedBatch
{
    public const int Events = 100;
    private const string RoundMark = "RRRRRRRR";
    private const string TimeMark = "TTTTTTTTTTTTTTTTTTTTTTTT";
    private static readonly string[] Interactions = ["Comment Added", "Content Liked", "Content Shared", "Moments Liked"];
    private static readonly string[] Categories = ["tea", "coffee", "cake", "cups", "gift"];

    private readonly byte[] _request;
    private readonly int[] _rounds;
    private readonly int[] _times;

    private PreparedBatch(byte[] request)
    {
        _request = request;
        _rounds = PlacesOf(Encoding.ASCII.GetBytes(RoundMark));
        _times = PlacesOf(Encoding.ASCII.GetBytes(TimeMark));
    }

    /// <summary>Two of five events are orders, two are interactions, one is a view; each of a random customer.</summary>
    public static PreparedBatch Write(Random random, int customers, int number)
    {
        var body = new StringBuilder("""{"batch":[""");
        for (var index = 0; index < Events; index++)
        {
            var id = $"{number:x5}-{index:x2}-{RoundMark}";
            var category = Categories[random.Next(Categories.Length)];
            var (name, properties) = (index % 5) switch
            {
                0 or 1 => ("Order Completed", Order(id, random.Next(100, 99_999) / 100m, category)),
                2 or 3 => (Interactions[random.Next(Interactions.Length)], """{"post":"p-17"}"""),
                _ => ("Product Viewed", $$"""{"category":"{{category}}","dwell":{{random.Next(1, 90)}}}"""),
            };
            if (index > 0) body.Append(',');
            var customer = HttpCostOptions.CustomerId(random.Next(customers));
            body.Append(CultureInfo.InvariantCulture, $$"""{"type":"track","event":"{{name}}","userId":"{{customer}}",""");
            body.Append(CultureInfo.InvariantCulture, $$""" "messageId":"load-{{id}}","timestamp":"{{TimeMark}}",""");
            body.Append(CultureInfo.InvariantCulture, $$""" "properties":{{properties}}}""");
        }

        body.Append(CultureInfo.InvariantCulture, $$"""],"sentAt":"{{TimeMark}}"}""");
        var head = $"POST /v1/batch HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n";
        return new PreparedBatch(Encoding.ASCII.GetBytes(head + body));
    }

    /// <summary>The request, different from all those before when <paramref name="round"/> is.</summary>
    public ReadOnlyMemory<byte> At(uint round, Instant now)
    {
        Span<byte> digits = stackalloc byte[RoundMark.Length];
        Utf8Formatter.TryFormat(round, digits, out _, new System.Buffers.StandardFormat('x', 8));
        foreach (var place in _rounds) digits.CopyTo(_request.AsSpan(place));
        Span<byte> time = stackalloc byte[TimeMark.Length];
        now.ToDateTimeOffset().TryFormat(time, out _, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        foreach (var place in _times) time.CopyTo(_request.AsSpan(place));
        return _request;
    }

    private static string Order(string id, decimal total, string category) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"order_id":"o-{{id}}","total":{{total}},"currency":"CNY","products":[{"category":"{{category}}","quantity":2}]}""");

    private int[] PlacesOf(byte[] mark)
    {
        var places = new List<int>();
        for (var from = 0; ;)
        {
            var found = _request.AsSpan(from).IndexOf(mark);
            if (found < 0) return [.. places];
            places.Add(from + found);
            from += found + mark.Length;
        }
    }
}
