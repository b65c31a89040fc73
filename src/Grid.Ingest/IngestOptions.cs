using Grid.Ingest.Mapping;
using Grid.Model;

namespace Grid.Ingest;

/// <summary>The settings of the way in.</summary>
public sealed class IngestOptions
{
    /// <summary>Keys of which a sender must show one. None: everyone may send, and the server must listen on the loopback only.</summary>
    public IReadOnlyList<string> WriteKeys { get; set; } = [];

    public Currency Currency { get; set; } = Currency.Cny;

    public EventMapping Mapping { get; set; } = EventMapping.Shipped;

    /// <summary>Events read but not yet durable; beyond it 429.</summary>
    public int EventsInFlightMax { get; set; } = 100_000;

    /// <summary>Bytes of bodies held in memory; beyond it 429.</summary>
    public long BytesInFlightMax { get; set; } = 256L * 1024 * 1024;

    /// <summary>A request whose events are not durable by then is answered 503; they may still become durable.</summary>
    public TimeSpan PatienceMax { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>What 429 and 503 ask the sender to wait.</summary>
    public int RetryAfterSeconds { get; set; } = 1;
}
