using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Grid.Testing.Mutations;

/// <summary>Generates mutated requests, the same for the same seed.</summary>
/// <param name="now">The instant around which timestamps lie.</param>
internal sealed class RequestMutator(int seed, DateTimeOffset now)
{
    private static readonly string[] Kinds = ["track", "identify", "page", "screen", "group", "alias"];
    private static readonly string[] JsonTypes = ["application/json", "application/json; charset=utf-8", "text/plain", "application/JSON"];
    private static readonly string[] OddTypes = ["text/csv", "application/xml", "", "application/json; charset=\"", "multipart/form-data"];
    private static readonly string[] LineTypes = ["application/x-ndjson", "application/ndjson", "application/jsonl"];

    private readonly Random _random = new(seed);
    private readonly CallWriter _calls = new(seed, now);
    private int _number;

    public MutatedRequest Next()
    {
        _number++;
        return _random.Next(20) switch
        {
            < 7 => Call(),
            < 14 => Batch(),
            < 15 => Lines(),
            < 16 => Csv(),
            _ => QuestionMutator.Next(_random, _calls),
        };
    }

    private MutatedRequest Call()
    {
        var kind = Kinds[_random.Next(Kinds.Length)];
        var path = $"/v1/{(_random.Next(8) == 0 ? kind[..1] : kind)}";
        return Posted(path, _calls.Call(kind), JsonTypes);
    }

    private MutatedRequest Batch()
    {
        var text = new StringBuilder("{\"batch\":[");
        var count = _random.Next(10) == 0 ? _random.Next(60) : _random.Next(1, 5);
        for (var index = 0; index < count; index++)
        {
            if (index > 0) text.Append(',');
            text.Append(_random.Next(12) == 0 ? _calls.OddValue() : _calls.Call(Kinds[_random.Next(Kinds.Length)]));
        }

        text.Append(']');
        if (_random.Next(2) == 0) text.Append(",\"sentAt\":").Append(_random.Next(3) == 0 ? _calls.Time() : _calls.OddValue());
        if (_random.Next(8) == 0) text.Append(",\"writeKey\":").Append(_calls.OddValue());
        if (_random.Next(8) == 0) text.Append(",\"context\":").Append(_calls.OddValue());
        if (_random.Next(30) == 0) text.Append(",\"batch\":").Append(_calls.OddValue());
        return Posted(_random.Next(8) == 0 ? "/v1/b" : "/v1/batch", text.Append('}').ToString(), JsonTypes);
    }

    private MutatedRequest Lines()
    {
        var text = new StringBuilder();
        for (var line = _random.Next(1, 12); line > 0; line--)
            text.Append(_random.Next(8) == 0 ? _calls.OddValue() : _calls.Call(Kinds[_random.Next(Kinds.Length)]))
                .Append(_random.Next(5) == 0 ? "\r\n" : "\n");
        return Posted("/v1/import", text.ToString(), LineTypes);
    }

    private MutatedRequest Csv()
    {
        var text = new StringBuilder("customer_id,order_id,occurred_at,amount,quantity,category,kind,channel\n");
        for (var line = _random.Next(1, 12); line > 0; line--)
        {
            var at = now.AddMinutes(-_random.Next(100_000)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            string[] cells = [CallWriter.Plain(_calls.Customer()), $"o{_number}-{line}", at, $"{_random.Next(100_000)}", "1", "tea", "sale", "web"];
            if (_random.Next(2) == 0) cells[_random.Next(cells.Length)] = CallWriter.Plain(_calls.OddValue());
            text.AppendJoin(',', cells).Append(_random.Next(5) == 0 ? "\r\n" : "\n");
        }

        return Posted("/v1/import", text.ToString(), ["text/csv"]);
    }

    private MutatedRequest Posted(string path, string text, string[] types)
    {
        var type = _random.Next(40) == 0 ? OddTypes[_random.Next(OddTypes.Length)] : types[_random.Next(types.Length)];
        var body = Encoding.UTF8.GetBytes(text);
        if (_random.Next(4) == 0) body = Damaged(body);
        var isGzip = _random.Next(12) == 0;
        if (isGzip) body = Gzip(body);
        if (isGzip && _random.Next(4) == 0) body = Damaged(body);
        if (_random.Next(2) == 0) path += "?strict=true";
        return new MutatedRequest("POST", path, body, type, isGzip);
    }

    /// <summary>Changes, drops, doubles or inserts bytes, as faulty programs and networks do.</summary>
    private byte[] Damaged(byte[] body)
    {
        var bytes = new List<byte>(body);
        for (var times = _random.Next(1, 4); times > 0 && bytes.Count > 0; times--)
        {
            var at = _random.Next(bytes.Count);
            var length = Math.Min(_random.Next(1, 20), bytes.Count - at);
            switch (_random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << _random.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.Insert(at, (byte)_random.Next(256));
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(_calls.OddValue()));
                    break;
            }
        }

        return [.. bytes];
    }

    private static byte[] Gzip(byte[] body)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest)) gzip.Write(body);
        return stream.ToArray();
    }
}
