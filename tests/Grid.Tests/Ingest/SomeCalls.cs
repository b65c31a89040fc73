using System.Text;
using Grid.Ingest.Calls;
using Grid.Ingest.Mapping;
using Grid.Model;
using Grid.Model.Facts;
using Grid.Model.Time;
using Shouldly;

namespace Grid.Tests.Ingest;

/// <summary>The vocabulary of the ingestion tests.</summary>
internal static class SomeCalls
{
    /// <summary>The receiving time of every body in these tests: 2026-06-01T12:00:00Z.</summary>
    public static readonly Instant ReceivedAt = Instant.From(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));

    public static CallParser Parser() => new(EventMapping.Shipped, Currency.Cny);

    public static string Order(string properties) =>
        $$"""{"type":"track","userId":"u1","messageId":"m1","event":"Order Completed","properties":{{properties}}}""";

    public static string Track(string eventName, string properties = "{}") =>
        $$"""{"type":"track","userId":"u1","messageId":"m1","event":"{{eventName}}","properties":{{properties}}}""";

    public static string Batch(params string[] items) => $$"""{"batch":[{{string.Join(',', items)}}]}""";

    public static CallItem Read(string json) => ReadAll(json).Items.Single();

    public static CallBatch ReadAll(string json)
    {
        var batch = new CallBatch(ReceivedAt);
        Parser().ReadCall(Encoding.UTF8.GetBytes(json), CallKind.Any, batch).ShouldBeNull();
        return batch;
    }

    public static CallBatch ReadBatch(string json)
    {
        var batch = new CallBatch(ReceivedAt);
        Parser().ReadBatch(Encoding.UTF8.GetBytes(json), batch).ShouldBeNull();
        return batch;
    }

    public static Fact FactOf(string json)
    {
        var item = Read(json);
        item.Outcome.Reason.ShouldBeNull();
        return item.Fact.ShouldNotBeNull();
    }
}
