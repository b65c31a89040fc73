namespace Grid.Ledger.Postgres.Lanes;

/// <summary>Writes a batch, and retries it until its outcome is certain. Only the lane uses it.</summary>
/// <remarks>
/// When a connection breaks after the batch was sent, its outcome is unknown. The batch is then sent again: every change requires the version before
/// it, so that only one of the two attempts can be committed, even while the server still works on the first. If the second attempt is refused, the
/// log shows whether the first was committed, because each batch carries its writer and number.
/// </remarks>
internal sealed class BatchWriter(LaneConnection connection, LedgerLimits limits, TimeProvider time, LedgerStatistics statistics) : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);
    private readonly ManualResetEventSlim _closing = new();
    private long _number;

    /// <summary>A batch of the lane before the current one.</summary>
    private long _page;

    public void Start(long page) => _page = page;

    /// <summary>Stops waiting for a database that does not come back.</summary>
    public void Close() => _closing.Set();

    /// <summary>The numbers of the written batch; null when all its commits were refused and answered.</summary>
    /// <exception cref="LedgerException">Nothing was written, or the outcome is still unknown after long retries; the message says which.</exception>
    public BatchNumbers? Write(CommitBatch batch, BatchPages pages)
    {
        _number++;
        var search = new Search(time);
        for (var attempt = 1; batch.Commits.Count > 0; attempt++)
        {
            if (attempt > limits.BatchAttemptsMax && !search.IsOn)
                throw new LedgerException(FailureKind.Temporary, "Other processes keep writing the same customers; try again.");
            try
            {
                if (Attempt(batch, pages, search.IsOn) is not { } numbers) continue;
                _page = numbers.Page;
                return numbers;
            }
            catch (Exception failure)
            {
                if (PostgresFailure.IsReadOnly(failure)) connection.Drop();
                else connection.DropWhenBroken();
                Weigh(failure, attempt, search);
            }
        }

        return null;
    }

    public void Dispose()
    {
        connection.Dispose();
        _closing.Dispose();
    }

    /// <summary>Null when some commits were refused and answered; another attempt must write the others.</summary>
    private BatchNumbers? Attempt(CommitBatch batch, BatchPages pages, bool uncertain)
    {
        var statement = connection.Statement();
        try
        {
            pages.Fill(batch.Commits);
            return statement.Write(batch.Commits, pages, _number);
        }
        catch (Exception failure) when (PostgresFailure.IsRefusal(failure))
        {
            // The statements below find out why.
        }

        if (uncertain && statement.Find(_page, _number) is { } found)
        {
            statement.Confirm();
            return found;
        }

        var (epoch, versions) = statement.Judge(batch.Commits);
        statement.Confirm();
        var conflicts = batch.Refuse(epoch, versions);
        lock (statistics)
            for (; conflicts > 0; conflicts--)
                statistics.Conflict();
        return null;
    }

    /// <summary>Returns after a pause when another attempt makes sense; else throws.</summary>
    private void Weigh(Exception failure, int attempt, Search search)
    {
        if (PostgresFailure.IsCollision(failure) && attempt < limits.BatchAttemptsMax) return;
        if (PostgresFailure.IsLost(failure)) search.Begin();
        var known = PostgresFailure.From(failure, "writing a batch");
        if (!search.IsOn) throw known;
        var pause = search.NextPause(FirstPause, LongestPause);
        if (search.Elapsed.TotalSeconds < limits.UncertainSeconds && !_closing.Wait(pause)) return;
        var message = $"The connection broke while a batch was written, and its outcome is unknown. {known.Message}";
        throw new LedgerException(FailureKind.Temporary, message, failure);
    }

    /// <summary>Whether an attempt of the current batch may have been committed without an answer, and since when.</summary>
    private sealed class Search(TimeProvider time)
    {
        private long _since;
        private TimeSpan _pause;

        public bool IsOn { get; private set; }

        public TimeSpan Elapsed => time.GetElapsedTime(_since);

        public void Begin()
        {
            if (IsOn) return;
            (IsOn, _since) = (true, time.GetTimestamp());
        }

        /// <summary>No pause at first, because most connections break when a server restarts and it is already back.</summary>
        public TimeSpan NextPause(TimeSpan first, TimeSpan longest)
        {
            var pause = _pause;
            _pause = pause == TimeSpan.Zero ? first : pause * 2 < longest ? pause * 2 : longest;
            return pause;
        }
    }
}
