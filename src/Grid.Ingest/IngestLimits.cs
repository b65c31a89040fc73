using Grid.Model;
using Grid.Model.Facts;

namespace Grid.Ingest;

/// <summary>Every bound of ingestion, its unit last. Each says what happens when it is reached.</summary>
public static class IngestLimits
{
    /// <summary>The Segment limit of one call. A longer single call is answered 413; a longer item of a batch is rejected.</summary>
    public const int CallBytesMax = 32 * 1024;

    /// <summary>The Segment limit of one batch, after inflating. A longer batch is answered 413.</summary>
    public const int BatchBytesMax = 500 * 1024;

    /// <summary>The Segment limit of one batch. A batch with more events is answered 413.</summary>
    public const int BatchEventsMax = 2_500;

    /// <summary>The initial capacity of a batch's list is one event per this many bytes of the body; the list grows for shorter events.</summary>
    public const int UsualCallBytes = 256;

    /// <summary>The greatest initial capacity of a batch's list.</summary>
    public const int EventsExpectedMax = 512;

    /// <summary>
    /// Requests that have not shown a key hold at most one part in this many of the room for bodies; a further one is answered 429.
    /// </summary>
    public const int KeylessShare = 16;

    /// <summary>
    /// The greatest initial size of a body's buffer, regardless of the announced length; the buffer grows with the bytes that arrive.
    /// </summary>
    public const int BodyBufferBytes = 32 * 1024;

    /// <summary>
    /// A body must deliver this many bytes a second in each <see cref="BodyWindowSeconds"/>, else it is answered 408. The slowest mobile networks
    /// still in use are several times as fast.
    /// </summary>
    public const int BodyBytesPerSecondMin = 1024;

    /// <summary>How long a body may deliver no byte at all, and the interval at which its pace is checked.</summary>
    public const int BodyWindowSeconds = 10;

    /// <summary>Deeper JSON is unreadable: 400, or a rejected line of an import.</summary>
    public const int JsonDepthMax = 64;

    /// <summary>A smaller difference between sending and receiving is the time of the request, not a wrong clock.</summary>
    public const long ClockSkewMillisecondsMin = 10_000;

    /// <summary>Further traits of one identify call are left out and reported.</summary>
    public const int TraitsPerCallMax = Limits.TraitsMax;

    /// <summary>Levels of a trait's name, as in <c>address.city</c>; a deeper trait is left out and reported.</summary>
    public const int TraitLevelsMax = 4;

    /// <summary>Reports of parts left out of one call; the last report counts further ones.</summary>
    public const int NotesPerCallMax = 16;

    /// <summary>Raw bytes stored of a rejected item; the rest is cut off.</summary>
    public const int RejectBytesMax = 4 * 1024;

    /// <summary>Dwell of one view; a longer one is left out and reported.</summary>
    public const int DwellSecondsMax = 24 * 60 * 60;

    /// <summary>Pieces of one order; a larger quantity is left out and reported.</summary>
    public const int QuantityMax = OrderRefunded.PiecesMax;

    /// <summary>Characters of an unknown zone that its error repeats.</summary>
    public const int ZoneShownMax = 64;

    /// <summary>Lines of an import that are sent to their customers together.</summary>
    public const int ImportChunkLines = 1_000;

    /// <summary>Chunks of one import that may wait for their commit at once; reading continues when the first of them is durable.</summary>
    public const int ImportChunksInFlightMax = 4;

    /// <summary>Rejections listed in the summary of an import; the ledger stores all of them.</summary>
    public const int ImportRejectionsShown = 100;

    /// <summary>Length of a CSV field; a longer one ends the import with 400 and its line.</summary>
    public const int CsvFieldCharactersMax = CallBytesMax;

    /// <summary>A longer mapping file is refused.</summary>
    public const int MappingFileBytesMax = 1024 * 1024;
}
