namespace Grid.Ledger.Postgres.Lanes;

/// <summary>
/// Writes a batch until it is known what became of it. Only the lane touches it.
/// </summary>
/// <remarks>
/// When a connection breaks after the batch was sent, nobody knows whether it was committed. It is then simply sent again: every change
/// asks for the version before it, so that of two attempts only one can be committed, also when the server still works on the first.
/// If the second is refused, the log says whether the first was the one, because each batch carries its writer and number.
/// </remarks>
internal sealed class BatchWriter(LaneConnection connection, LedgerLimits limits, TimeProvider time, LedgerStatistics statistics) : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);
    private readonly ManualResetEventSlim _closing = new();
    private long _number;

    /// <summary>A batch of the lane from before the one at hand.</summary>
    private long _page;

    public void Start(long page) => _page = page;

    /// <summary>Ends waiting for a database that does not come back.</summary>
    public void Close() => _closing.Set();

    /// <summary>The numbers under which the batch was written; null when everyone in it was refused and answered.</summary>
    /// <exception cref="LedgerException">Nothing was written, or after a long search it is not known; the message says which.</exception>
    public BatchNumbers? Write(CommitBatch batch, BatchPages pages)
    {
        _number++;
        var search = new Search(time);
        for (var attempt = 1; batch.Commits.Count > 0; attempt++)
        {
            if (attempt > limits.BatchAttemptsMax && !search.IsOn)
                throw new LedgerException(FailureKind.Temporary, "Others write the same customers all the time; try again.");
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

    /// <summary>Null when some were refused and answered; the others are to be written by another attempt.</summary>
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
            // Read below why.
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

    /// <summary>Returns when another attempt makes sense, after a pause.</summary>
    private void Weigh(Exception failure, int attempt, Search search)
    {
        if (PostgresFailure.IsCollision(failure) && attempt < limits.BatchAttemptsMax) return;
        if (PostgresFailure.IsLost(failure)) search.Begin();
        var known = PostgresFailure.From(failure, "writing a group");
        if (!search.IsOn) throw known;
        var pause = search.NextPause(FirstPause, LongestPause);
        if (search.Elapsed.TotalSeconds < limits.UncertainSeconds && !_closing.Wait(pause)) return;
        var message = $"The connection broke while a group was written, and it is not known whether it was. {known.Message}";
        throw new LedgerException(FailureKind.Temporary, message, failure);
    }

    /// <summary>Whether an attempt of the batch at hand may have been committed without an answer, and since when.</summary>
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

        /// <summary>None at first, because most broken connections are those of a server that is back already.</summary>
        public TimeSpan NextPause(TimeSpan first, TimeSpan longest)
        {
            var pause = _pause;
            _pause = pause == TimeSpan.Zero ? first : pause * 2 < longest ? pause * 2 : longest;
            return pause;
        }
    }
}
