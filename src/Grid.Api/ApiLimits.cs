namespace Grid.Api;

/// <summary>Bounds of the way out, units last. What happens at each is said beside it.</summary>
public static class ApiLimits
{
    /// <summary>Connections to the hub; a further one is closed with a message.</summary>
    public const int HubConnectionsMax = 10_000;

    /// <summary>Streams of one connection at a time; a further one is refused.</summary>
    public const int ConnectionStreamsMax = 16;

    /// <summary>A message from a client to the hub; a larger one ends its connection.</summary>
    public const int HubMessageBytesMax = 16 * 1024;

    /// <summary>
    /// No two frames of one stream are closer together, but for full pages of a feed that catches up. Counts that change more often are
    /// conflated; transitions are gathered.
    /// </summary>
    public const int FrameIntervalMilliseconds = 100;

    /// <summary>A stream without news is due a frame after this, so that it comes within a second.</summary>
    public const int HeartbeatMilliseconds = 800;

    /// <summary>Transitions read for one client at once, and so the most that one frame holds; the others follow in the next.</summary>
    public const int FeedPageMax = 512;

    /// <summary>A feed without a position begins with this many of the latest matching transitions.</summary>
    public const int LatestMax = 50;

    /// <summary>How far back a lane of the log is searched for the latest transitions; what lies further back is not shown.</summary>
    public const int LookBackMax = 100_000;

    /// <summary>Transitions shown of one customer, the newest.</summary>
    public const int TransitionsOfCustomerMax = 20;

    /// <summary>Transitions or rejects of one answer when the question does not say.</summary>
    public const int ItemsDefault = 100;

    /// <summary>The most a question may ask for; more is a wrong parameter.</summary>
    public const int ItemsMax = 1_000;

    /// <summary>Transitions looked at for one answer; its position says where to go on.</summary>
    public const int ScanMax = 50_000;

    /// <summary>The value of a segment is computed again after this time.</summary>
    public const int ValueKeptSeconds = 5;

    /// <summary>Answers about worth kept or being read; a further one is refused until the oldest are forgotten.</summary>
    public const int ValuesKeptMax = 64;

    /// <summary>A forecast is computed again after this time.</summary>
    public const int ForecastKeptSeconds = 10;

    /// <summary>Forecasts kept or being made, each of all schemes; a further one is refused until the oldest are forgotten.</summary>
    public const int ForecastsKeptMax = 4;

    /// <summary>Days of a forecast when the question does not say.</summary>
    public const int ForecastDaysDefault = 30;

    /// <summary>Days that a forecast by the hour looks ahead; more is a wrong parameter.</summary>
    public const int ForecastByHourDaysMax = 62;

    /// <summary>Days that a forecast by the day looks ahead; more is a wrong parameter.</summary>
    public const int ForecastByDayDaysMax = 400;

    /// <summary>Deadlines of one customer that a forecast of segments looks at; the customer is cut short there, and counted as such.</summary>
    public const int ForecastDeadlinesMax = 10_000;

    /// <summary>Questions about migration at a time, because each reads the whole log; a further one is refused.</summary>
    public const int MigrationsMax = 1;

    /// <summary>Transitions read at once for a migration.</summary>
    public const int MigrationPageMax = 4_096;

    /// <summary>Customers who moved in the time asked about; with more the question is refused. Each costs about 110 bytes meanwhile.</summary>
    public const int MigrationMoversMax = 2_000_000;

    /// <summary>Exports at a time, because each keeps a snapshot of the ledger; a further one is refused.</summary>
    public const int ExportsMax = 1;

    /// <summary>An export that takes longer, because its reader is slow, is ended by closing the connection.</summary>
    public const int ExportSecondsMax = 300;

    /// <summary>Columns of an export; more is a wrong parameter.</summary>
    public const int ExportColumnsMax = 64;

    /// <summary>Rows are gathered up to this before they are sent, and no more are read until they are.</summary>
    public const int ExportChunkBytes = 64 * 1024;

    /// <summary>No two lines about progress are closer together; what comes between is left out.</summary>
    public const int ProgressIntervalMilliseconds = 200;

    /// <summary>Files of one rulebook that is published through the API; a request with more is refused.</summary>
    public const int RulebookFilesMax = 160;

    /// <summary>Characters that name who publishes; a request with more is refused.</summary>
    public const int AuthorLengthMax = 200;

    /// <summary>Characters that say what a publication is for; a request with more is refused.</summary>
    public const int NoteLengthMax = 2_000;
}
