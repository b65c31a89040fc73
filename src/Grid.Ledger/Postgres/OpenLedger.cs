using Grid.Ledger.Lanes;
using Grid.Ledger.Postgres.Following;
using Grid.Ledger.Postgres.Lanes;
using Grid.Ledger.Postgres.Reading;

namespace Grid.Ledger.Postgres;

/// <summary>The running parts of an open ledger: started by the constructor, stopped in the order of their dependencies.</summary>
internal sealed class OpenLedger : IAsyncDisposable
{
    private readonly LogFollower _follower;
    private readonly Notifications _notices;
    private readonly LogRetention _trimmer;
    private readonly BatchWriter[] _writers;
    private readonly WriterLane[] _lanes;

    /// <param name="writer">The number of this process.</param>
    /// <param name="channel">The channel on which processes of this database notify each other.</param>
    /// <param name="heads">The ends of the lanes.</param>
    public OpenLedger(
        Database database,
        CommitFeed publication,
        LaneQueue[] queues,
        PostgresLedgerOptions options,
        LedgerStatistics statistics,
        long writer,
        string channel,
        IReadOnlyList<(long Page, long Head)> heads)
    {
        Database = database;
        _follower = new LogFollower(database, publication, options);
        _notices = new Notifications(database, _follower, writer, channel, options);
        _trimmer = new LogRetention(database, options);
        Loader = new CustomerLoader(database, options.Limits);
        Log = new LogReader(database, publication, options.Lanes, options.Limits.PageTransitionsMax);
        Population = new PopulationReader(
            database, new SemaphoreSlim(options.Limits.ScansMax), new SemaphoreSlim(options.Limits.HeadScansMax), options.Limits);
        Commits = new CommitReader(database, publication, options.Limits);
        Deadlines = new DueReader(database);
        Rejects = new PostgresRejects(database, options.Limits);
        Records = new PostgresRecords(database);
        Fence = new Fence(database, publication, _follower, options);
        Eraser = new Eraser(database, publication, _follower, _notices, options);
        var lanes = options.ReadOnly ? 0 : options.Lanes;
        _writers =
        [
            .. Enumerable.Range(0, lanes).Select(lane => new BatchWriter(
                new LaneConnection(database, lane, writer, options.Time), options.Limits, options.Time, statistics)),
        ];
        _lanes =
        [
            .. Enumerable.Range(0, lanes).Select(lane => new WriterLane(
                lane, queues[lane], _writers[lane], publication, _follower, _notices, options.Limits, options.Time, statistics)),
        ];
        _follower.Start();
        if (options.ReadOnly) return;
        for (var lane = 0; lane < _lanes.Length; lane++)
        {
            _writers[lane].Start(heads[lane].Page);
            _lanes[lane].Start();
        }

        _notices.Start();
        _trimmer.Start();
    }

    public Database Database { get; }
    public CustomerLoader Loader { get; }
    public LogReader Log { get; }
    public PopulationReader Population { get; }
    public CommitReader Commits { get; }
    public DueReader Deadlines { get; }
    public PostgresRejects Rejects { get; }
    public PostgresRecords Records { get; }
    public Fence Fence { get; }
    public Eraser Eraser { get; }

    /// <summary>The caller must have closed the queues.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var writer in _writers) writer.Close();
        try
        {
            await Task.WhenAll(_lanes.Select(lane => lane.Ended));
        }
        finally
        {
            await Loader.DisposeAsync();
            await _notices.DisposeAsync();
            await _trimmer.DisposeAsync();
            await _follower.DisposeAsync();
            foreach (var writer in _writers) writer.Dispose();
            await Database.DisposeAsync();
        }
    }
}
