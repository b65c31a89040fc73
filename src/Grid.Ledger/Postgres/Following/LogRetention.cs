using Npgsql;

namespace Grid.Ledger.Postgres.Following;

/// <summary>
/// Drops batches older than the retention, which every process has long read. Every process runs it; a drop blocks no writer of a lane.
/// </summary>
internal sealed class LogRetention(Database database, PostgresLedgerOptions options) : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private readonly CancellationTokenSource _closing = new();
    private Task _running = Task.CompletedTask;

    public void Start() => _running = Task.Run(Run);

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _running;
        _closing.Dispose();
    }

    private async Task Run()
    {
        using var timer = new PeriodicTimer(Period, options.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(_closing.Token)) await Trim();
        }
        catch (OperationCanceledException)
        {
            // The ledger closes.
        }
    }

    public async Task Trim()
    {
        try
        {
            for (var lane = 0; lane < options.Lanes; lane++) await database.Write("dropping old groups", lane, Drop);
        }
        catch (LedgerException)
        {
            // The next run drops them.
        }
    }

    private async Task<int> Drop(NpgsqlConnection connection, int lane)
    {
        await using var dropping = Database.Statement(
            connection,
            "groups-drop",
            Database.Value((short)lane),
            Database.Value(options.Limits.BatchesKeptMinutes * 60.0),
            Database.Value((long)options.Limits.BatchesDroppedMax));
        return await dropping.ExecuteNonQueryAsync();
    }
}
