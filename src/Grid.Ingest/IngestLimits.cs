using Grid.Model;

namespace Grid.Ingest;

/// <summary>Every bound of the way in, its unit last. What happens at the bound is said beside it.</summary>
public static class IngestLimits
{
    /// <summary>The Segment limit of one call. A longer single call is answered 413; a longer item of a batch is rejected.</summary>
    public const int CallBytesMax = 32 * 1024;

    /// <summary>The Segment limit of one batch, after inflating. A longer batch is answered 413.</summary>
    public const int BatchBytesMax = 500 * 1024;

    /// <summary>The Segment limit of one batch. A batch with more events is answered 413.</summary>
    public const int BatchEventsMax = 2_500;

    /// <summary>The list of a batch's events starts with room for one per so many bytes of the body, and grows when they are shorter.</summary>
    public const int UsualCallBytes = 256;

    /// <summary>The list of a batch's events starts with room for at most so many.</summary>
    public const int EventsExpectedMax = 512;

    /// <summary>Requests that have not shown a key hold at most one part in so many of the room for bodies; a further one is answered 429.</summary>
    public const int KeylessShare = 16;

    /// <summary>What a body's buffer begins with at most, however long the body is announced to be; it grows by what comes.</summary>
    public const int BodyBufferBytes = 32 * 1024;

    /// <summary>
    /// A body must bring so many bytes a second, over each <see cref="BodyWindowSeconds"/> that it is waited for, or it is answered 408. The
    /// slowest mobile networks still used are several times as fast.
    /// </summary>
    public const int BodyBytesPerSecondMin = 1024;

    /// <summary>How long a body may bring nothing at all, and how often its pace is looked at.</summary>
    public const int BodyWindowSeconds = 10;

    /// <summary>Deeper JSON is unreadable: 400, or a rejected line of an import.</summary>
    public const int JsonDepthMax = 64;

    /// <summary>Further traits of one identify call are left out and reported.</summary>
    public const int TraitsPerCallMax = Limits.TraitsMax;

    /// <summary>Further parts of one call that had to be left out are counted in one last report.</summary>
    public const int NotesPerCallMax = 16;

    /// <summary>Raw bytes kept of a rejected item; the rest is cut off.</summary>
    public const int RejectBytesMax = 4 * 1024;

    /// <summary>Dwell of one view; a longer one is left out and reported.</summary>
    public const int DwellSecondsMax = 24 * 60 * 60;

    /// <summary>Pieces of one order; a larger quantity is left out and reported.</summary>
    public const int QuantityMax = 1_000_000;

    /// <summary>Lines of an import that are sent to their customers together.</summary>
    public const int ImportChunkLines = 1_000;

    /// <summary>Chunks of one import that may wait for their commit at once; reading goes on when the first of them is durable.</summary>
    public const int ImportChunksInFlightMax = 4;

    /// <summary>Rejections spelled out in the summary of an import; all of them are kept in the ledger.</summary>
    public const int ImportRejectionsShown = 100;

    /// <summary>One field of a csv import; a longer one ends the import with 400 and its line.</summary>
    public const int CsvFieldCharactersMax = CallBytesMax;

    /// <summary>A longer mapping file is refused.</summary>
    public const int MappingFileBytesMax = 1024 * 1024;
}
