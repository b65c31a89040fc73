namespace Grid.Ledger.Postgres.Following;

/// <summary>
/// Follows the log of all processes: looks for new batches at every poll, and at once after a notification. The table is
/// the truth; a lost nudge costs the time until the next poll.
/// </summary>
internal sealed class LogFollower(Database database, CommitFeed publication, PostgresLedgerOptions options) : IAsyncDisposable
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(500);
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _nudge = new(0, 1);
    private Task _following = Task.CompletedTask;
    private volatile LedgerException? _failure;

    /// <summary>Why this process cannot go on; null while it can.</summary>
    public LedgerException? Failure => _failure;

    public void Start() => _following = Task.Run(Follow);

    /// <summary>Says that there is something to read.</summary>
    public void Nudge()
    {
        try
        {
            if (_nudge.CurrentCount == 0) _nudge.Release();
        }
        catch (SemaphoreFullException)
        {
            // Someone else has just nudged, which is as good.
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
                    // There may be more.
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

    /// <summary>Reads what follows; whether a lane may have more.</summary>
    private async Task<bool> Step()
    {
        var limit = options.Limits.FollowedBatchesMax;
        var after = publication.Pages();
        var until = new long[after.Length];
        Array.Fill(until, long.MaxValue);
        var batches = await database.Read(
            "following the log",
            (after, until, limit),
            static (connection, asked, cancellation) =>
                BatchReader.After(connection, asked.after, asked.until, asked.limit, cancellation),
            _closing.Token);
        foreach (var batch in batches) publication.Publish(batch); // Those that their lane has told meanwhile are left out.
        return batches.Count >= limit;
    }

    private async Task Pause(TimeSpan poll)
    {
        // Waiting with the provider's time, so that only it decides when to poll.
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        var nudged = _nudge.WaitAsync(waiting.Token);
        await Task.WhenAny(nudged, Task.Delay(poll, options.Time, waiting.Token));
        await waiting.CancelAsync();
        await nudged.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closing.Token.ThrowIfCancellationRequested();
    }
}
