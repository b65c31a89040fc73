using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Grid.Ingest.Calls;
using Grid.Ingest.Mapping;
using Grid.Model;
using Grid.Model.Time;

namespace Grid.Load.Ingest;

/// <summary>How many events a core reads out of HTTP batches of 100 into facts.</summary>
internal static class ParseCost
{
    private const int EventsPerBatch = 100;
    private const int Bodies = 64;
    private static readonly Instant ReceivedAt = Instant.From(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));

    public static int Measure(int seconds)
    {
        var random = new Random(7);
        var bodies = Enumerable.Range(0, Bodies).Select(number => Batch(random, number)).ToArray();
        var parser = new CallParser(EventMapping.Shipped, Currency.Cny);
        foreach (var body in bodies) Read(parser, body);

        // Each second is measured by itself: the best one says what the code costs, the median what the machine leaves of it.
        var rates = new List<double>();
        var bytes = bodies.Average(body => body.Length) / EventsPerBatch;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        long events = 0;
        for (var second = 0; second < seconds; second++)
        {
            long inSecond = 0;
            var watch = Stopwatch.StartNew();
            while (watch.ElapsedMilliseconds < 1_000)
                foreach (var body in bodies) inSecond += Read(parser, body);
            rates.Add(inSecond / watch.Elapsed.TotalSeconds);
            events += inSecond;
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        rates.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"parse: best {rates[^1]:N0}, median {rates[rates.Count / 2]:N0} events/s on one core; "
            + $"{bytes:N0} bytes of JSON and {allocated / (double)events:N0} bytes allocated an event"));
        return 0;
    }

    private static int Read(CallParser parser, byte[] body)
    {
        var batch = new CallBatch(ReceivedAt);
        if (parser.ReadBatch(body, batch) is { } fault) throw new InvalidOperationException($"{fault.Reason}");
        foreach (var item in batch.Items)
            if (item.Fact is null)
                throw new InvalidOperationException($"{item.Outcome.Reason}");
        return batch.Items.Count;
    }

    /// <summary>A third each of orders, interactions and views, shaped as the Segment SDKs send them.</summary>
    private static byte[] Batch(Random random, int number)
    {
        var text = new StringBuilder("""{"batch":[""");
        for (var index = 0; index < EventsPerBatch; index++)
        {
            var id = (number * EventsPerBatch) + index;
            var at = ReceivedAt.Plus(-random.Next(1, 60_000));
            var (name, properties) = (index % 3) switch
            {
                0 => ("Order Completed", Order(id, random.Next(100, 99_999) / 100.0)),
                1 => ("Comment Added", """{"post":"p-17"}"""),
                _ => ("Product Viewed", """{"category":"coffee","dwell":12}"""),
            };
            if (index > 0) text.Append(',');
            text.Append(CultureInfo.InvariantCulture, $$"""{"type":"track","event":"{{name}}","userId":"user-{{random.Next(1_000_000)}}",""");
            text.Append(CultureInfo.InvariantCulture, $$"""  "messageId":"node-next-{{id}}-6d7c","timestamp":"{{at}}",""");
            text.Append(CultureInfo.InvariantCulture, $$"""  "properties":{{properties}}}""");
        }

        return Encoding.UTF8.GetBytes(text.Append("""],"sentAt":"2026-06-01T11:59:59.900Z"}""").ToString());
    }

    private static string Order(int id, double total) =>
        $$"""{"order_id":"o-{{id}}","total":{{JsonSerializer.Serialize(total)}},"currency":"CNY", """
        + """  "products":[{"category":"tea","quantity":2}]}""";
}
