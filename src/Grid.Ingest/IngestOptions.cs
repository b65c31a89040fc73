using Grid.Ingest.Calls;
using Grid.Ingest.Mapping;
using Grid.Model;

namespace Grid.Ingest;

/// <summary>The settings of ingestion.</summary>
public sealed class IngestOptions
{
    /// <summary>
    /// Keys, of which a sender must show one. Without keys any sender is accepted, and the server must listen on the loopback interface only.
    /// </summary>
    public IReadOnlyList<string> WriteKeys { get; set; } = [];

    public Currency Currency { get; set; } = Currency.Cny;

    public EventMapping Mapping { get; set; } = EventMapping.Shipped;

    /// <summary>Ids that are rejected, because a sender writes them where it has none.</summary>
    public PlaceholderIds Placeholders { get; set; } = new(PlaceholderIds.Usual);

    /// <summary>Events that are read and not yet durable; beyond this 429.</summary>
    public int EventsInFlightMax { get; set; } = 100_000;

    /// <summary>Bytes of bodies held in memory; beyond this 429.</summary>
    public long BytesInFlightMax { get; set; } = 256L * 1024 * 1024;

    /// <summary>A request whose events are not durable after this time is answered 503; they may still become durable.</summary>
    public TimeSpan PatienceMax { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The Retry-After of answers with 429 and 503.</summary>
    public int RetryAfterSeconds { get; set; } = 1;
}
