namespace Grid.Ledger.Postgres.Following;

/// <summary>
/// Follows the log of all processes: looks for new batches at every poll, and at once after a notification. The table is the truth; a lost
/// notification only delays a batch until the next poll.
/// </summary>
internal sealed class LogFollower(Database database, CommitFeed publication, PostgresLedgerOptions options) : IAsyncDisposable
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(500);
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _nudge = new(0, 1);
    private Task _following = Task.CompletedTask;
    private volatile LedgerException? _failure;

    /// <summary>The reason why this process cannot follow the log any more; null while it can.</summary>
    public LedgerException? Failure => _failure;

    public void Start() => _following = Task.Run(Follow);

    /// <summary>Starts a poll at once.</summary>
    public void Nudge()
    {
        try
        {
            if (_nudge.CurrentCount == 0) _nudge.Release();
        }
        catch (SemaphoreFullException)
        {
            // Another caller has just requested a poll, which serves both.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _following;
        _closing.Dispose();
        _nudge.Dispose();
    }

    private async Task Follow()
    {
        var poll = TimeSpan.FromMilliseconds(options.Limits.PollMilliseconds);
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                while (await Step())
                {
                    // The loop reads the next batches.
                }

                await Pause(poll);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (LedgerException failure)
            {
                if (failure.InnerException is CutOffException)
                {
                    _failure = failure;
                    return;
                }

                await Task.Delay(PauseAfterFailure, options.Time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Reads the next batches; returns whether a lane may have more.</summary>
    private async Task<bool> Step()
    {
        var limit = options.Limits.FollowedBatchesMax;
        var after = publication.Pages();
        var until = new long[after.Length];
        Array.Fill(until, long.MaxValue);
        var batches = await database.Read(
            "following the log",
            (after, until, limit),
            static (connection, requested, cancellation) =>
                BatchReader.After(connection, requested.after, requested.until, requested.limit, cancellation),
            _closing.Token);
        foreach (var batch in batches) publication.Publish(batch); // Batches that their lane has published meanwhile are ignored.
        return batches.Count >= limit;
    }

    private async Task Pause(TimeSpan poll)
    {
        // Waits on the provider's time, so that only that clock decides when to poll.
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        var nudged = _nudge.WaitAsync(waiting.Token);
        await Task.WhenAny(nudged, Task.Delay(poll, options.Time, waiting.Token));
        await waiting.CancelAsync();
        await nudged.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closing.Token.ThrowIfCancellationRequested();
    }
}
