namespace Grid.Api;

/// <summary>Bounds of the API, units last. Each says what happens when it is reached.</summary>
public static class ApiLimits
{
    /// <summary>Connections to the hub; a further one is closed with a message.</summary>
    public const int HubConnectionsMax = 10_000;

    /// <summary>Concurrent streams of one connection; a further one is refused.</summary>
    public const int ConnectionStreamsMax = 16;

    /// <summary>A message from a client to the hub; a larger one ends its connection.</summary>
    public const int HubMessageBytesMax = 16 * 1024;

    /// <summary>
    /// The least time between two frames of one stream, except for full pages of a feed that catches up. Counts that change more often are conflated;
    /// transitions are gathered.
    /// </summary>
    public const int FrameIntervalMilliseconds = 100;

    /// <summary>After this long without news a stream gets a frame, so that frames are at most a second apart.</summary>
    public const int HeartbeatMilliseconds = 800;

    /// <summary>Transitions read for one client at once, and so the most in one frame; the others follow in the next frame.</summary>
    public const int FeedPageMax = 512;

    /// <summary>A feed without a position begins with this many of the latest matching transitions.</summary>
    public const int LatestMax = 50;

    /// <summary>How far back a lane of the log is searched for the latest transitions; older ones are not shown.</summary>
    public const int LookBackMax = 100_000;

    /// <summary>Transitions shown of one customer, the newest.</summary>
    public const int TransitionsOfCustomerMax = 20;

    /// <summary>Transitions or rejects of one answer when the request names no limit.</summary>
    public const int ItemsDefault = 100;

    /// <summary>The greatest limit that a request may name; a greater one is an invalid parameter.</summary>
    public const int ItemsMax = 1_000;

    /// <summary>Transitions examined for one answer; its position tells where the next request continues.</summary>
    public const int ScanMax = 50_000;

    /// <summary>The value of a segment is computed again after this time.</summary>
    public const int ValueKeptSeconds = 5;

    /// <summary>Cached or running answers about value; a further one is refused until the oldest expire.</summary>
    public const int ValuesKeptMax = 64;

    /// <summary>A forecast is computed again after this time.</summary>
    public const int ForecastKeptSeconds = 10;

    /// <summary>Cached or running forecasts, each of all schemes; a further one is refused until the oldest expire.</summary>
    public const int ForecastsKeptMax = 4;

    /// <summary>Days of a forecast when the request names none.</summary>
    public const int ForecastDaysDefault = 30;

    /// <summary>Days of a forecast by the hour; more is an invalid parameter.</summary>
    public const int ForecastByHourDaysMax = 62;

    /// <summary>Days of a forecast by the day; more is an invalid parameter.</summary>
    public const int ForecastByDayDaysMax = 400;

    /// <summary>Deadlines of one customer in a forecast of segments; a customer with more is cut short and counted as such.</summary>
    public const int ForecastDeadlinesMax = 10_000;

    /// <summary>Concurrent requests for a migration, because each reads the whole log; a further one is refused.</summary>
    public const int MigrationsMax = 1;

    /// <summary>Transitions read at once for a migration.</summary>
    public const int MigrationPageMax = 4_096;

    /// <summary>Customers who moved in the requested time; with more the request is refused. Each costs about 110 bytes during the request.</summary>
    public const int MigrationMoversMax = 2_000_000;

    /// <summary>Concurrent exports, because each holds a snapshot of the ledger; a further one is refused.</summary>
    public const int ExportsMax = 1;

    /// <summary>Duration of an export. A longer one, because its reader is slow, is ended by closing the connection.</summary>
    public const int ExportSecondsMax = 300;

    /// <summary>Columns of an export; more is an invalid parameter.</summary>
    public const int ExportColumnsMax = 64;

    /// <summary>Bytes of rows gathered before they are sent; no further rows are read until they are sent.</summary>
    public const int ExportChunkBytes = 64 * 1024;

    /// <summary>The least time between two lines of progress; progress in between is dropped.</summary>
    public const int ProgressIntervalMilliseconds = 200;

    /// <summary>Files of one rulebook that is published through the API; a request with more is refused.</summary>
    public const int RulebookFilesMax = 160;

    /// <summary>Characters of a publisher's name; a request with more is refused.</summary>
    public const int AuthorLengthMax = 200;

    /// <summary>Characters of a publication's note; a request with more is refused.</summary>
    public const int NoteLengthMax = 2_000;
}
