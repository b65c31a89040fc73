using System.Globalization;
using Npgsql;

namespace Grid.Ledger.Postgres.Following;

/// <summary>
/// Notifies other processes of commits, and receives their notifications. A notification is a transaction of its own: as a part of a batch's
/// transaction, it would make all batches of all lanes wait for one lock until they are durable.
/// </summary>
internal sealed class Notifications(
    Database database, LogFollower follower, long writer, string channel, PostgresLedgerOptions options) : IAsyncDisposable
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _wanted = new(0, 1);
    private readonly string _name = writer.ToString(CultureInfo.InvariantCulture);
    private Task _running = Task.CompletedTask;

    public void Start()
    {
        if (options.Notify) _running = Task.WhenAll(Task.Run(Listen), Task.Run(Notify));
    }

    /// <summary>Called when this process has committed a batch.</summary>
    public void Committed()
    {
        if (!options.Notify) return;
        try
        {
            if (_wanted.CurrentCount == 0) _wanted.Release();
        }
        catch (SemaphoreFullException)
        {
            // The notification under way covers both commits.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _running;
        _closing.Dispose();
        _wanted.Dispose();
    }

    private async Task Listen()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                using var waiting = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, database.Trust);
                await using var connection = await database.OpenOwnAsync(_closing.Token);
                connection.Notification += (_, notice) =>
                {
                    if (notice.Payload != _name) follower.Nudge();
                };
                await using (var listening = new NpgsqlCommand($"LISTEN {channel}", connection))
                    await listening.ExecuteNonQueryAsync(_closing.Token);
                follower.Nudge(); // Reads the batches whose notifications were missed.
                while (true) await connection.WaitAsync(waiting.Token);
            }
            catch (Exception)
            {
                // The follower's polls replace the notifications meanwhile.
                await Pause(PauseAfterFailure);
            }
        }
    }

    private async Task Notify()
    {
        var least = TimeSpan.FromMilliseconds(options.Limits.NotifyMilliseconds);
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                await _wanted.WaitAsync(_closing.Token);
                await using (var connection = await database.OpenAsync(_closing.Token))
                await using (var notifying = Database.Statement(connection, "notify", Database.Value(channel), Database.Value(_name)))
                    await notifying.ExecuteNonQueryAsync(_closing.Token);
                await Pause(least);
            }
            catch (Exception)
            {
                // Other processes find the batches by polling.
                await Pause(PauseAfterFailure);
            }
        }
    }

    private async Task Pause(TimeSpan time) =>
        await Task.Delay(time, options.Time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
