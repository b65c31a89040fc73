using Grid.Ledger.Lanes;
using Grid.Ledger.Log;
using Grid.Model.Customers;

namespace Grid.Ledger.Sqlite.Lane;

/// <summary>
/// Writes a batch as one transaction: a page of deltas, a page of transitions, and the other work of the batch. Only the lane uses it.
/// </summary>
internal sealed class BatchWriter(Database database, MemTable memTable, VersionCache versions, LedgerStatistics statistics)
{
    private readonly JournalPage _journal = new();
    private readonly TransitionPage _transitions = new();

    /// <summary>Number of the last page of the journal.</summary>
    public long JournalSequence { get; private set; }

    /// <summary>Bytes of deltas since the last checkpoint began.</summary>
    public long JournalBytes { get; set; }

    /// <summary>Number of the last transition.</summary>
    public long Head { get; private set; }

    /// <summary>Changes of earlier epochs of the rules are refused.</summary>
    private long _epoch;

    private long _erasures;

    /// <summary>How many customers were erased; also read by other threads.</summary>
    public long Erasures => Volatile.Read(ref _erasures);

    /// <summary>Called before a customer's row is removed.</summary>
    public void CountErasure() => Volatile.Write(ref _erasures, _erasures + 1);

    /// <returns>The epoch that is in force now.</returns>
    public long Fence(long epoch) => _epoch = Math.Max(_epoch, epoch);

    public void RecoverJournal(long sequence, long bytes) => (JournalSequence, JournalBytes) = (sequence, bytes);

    public void RecoverLog(long head) => Head = head;

    /// <summary>Sorts the commits of a batch into accepted and refused ones and makes the accepted durable. When it throws, nothing was written.</summary>
    public void Write(CommitBatch batch)
    {
        long journalBytes = 0, transitionBytes = 0;
        try
        {
            database.Begin();
            foreach (var commit in batch.Commits) Check(batch, commit);
            if (batch.Changes.Count > 0) journalBytes = WriteJournal(batch.Changes);
            if (batch.Transitions > 0) transitionBytes = WriteTransitions(batch);
            foreach (var work in batch.Works) work.Write(database);
            database.Commit();
        }
        catch (Exception failure)
        {
            database.Rollback();
            throw SqliteFailure.From(failure, "writing a batch");
        }

        if (batch.Changes.Count > 0) JournalSequence++;
        JournalBytes += journalBytes;
        Head += batch.Transitions;
        statistics.Batch(batch.Changes.Count, batch.Transitions, journalBytes, transitionBytes);
    }

    /// <summary>Writes a page of deltas that the journal has already, in the caller's transaction.</summary>
    public void WriteAgain(IReadOnlyCollection<JournalEntry> entries)
    {
        _journal.Begin(entries.Count);
        foreach (var entry in entries) _journal.Add(entry.Customer, entry.Version, entry.Delta.Span);
        _journal.End();

        // A page whose transaction fails leaves a gap in the numbers, which only have to ascend.
        database.Of("journal-add").Bind(1, ++JournalSequence).Bind(2, _journal.Written).Run();
    }

    private void Check(CommitBatch batch, PendingCommit commit)
    {
        var change = commit.Change;
        if (change.Epoch < _epoch)
        {
            batch.Refused.Add((commit, new RulesOutdated(_epoch)));
            return;
        }

        var actual = Version(batch, change);
        if (change.Version != actual + 1 || (change.ErasuresBefore is { } erasures && erasures != _erasures))
        {
            statistics.Conflict();
            batch.Refused.Add((commit, new VersionConflict(actual)));
            return;
        }

        batch.Accepted.Add(commit);
        batch.Changes.Add(change);
        batch.Versions[change.Customer] = change.Version;
        batch.Transitions += change.Transitions.Count;
    }

    private long Version(CommitBatch batch, CustomerChange change)
    {
        var customer = change.Customer;
        if (batch.Versions.TryGetValue(customer, out var version)) return version;
        if (memTable.Now.TryGet(customer, out var row)) return row.Version;

        // Unknown is -1, so that it fits no change.
        var remembered = versions.Get(customer);
        if (remembered == change.Version - 1) return remembered;
        statistics.VersionRead();
        var stored = database.Of("customer-version").Bind(1, PartitionOf.Customer(customer)).Bind(2, customer.Value).Number();
        versions.Put(customer, stored);
        return stored;
    }

    private int WriteJournal(List<CustomerChange> changes)
    {
        _journal.Begin(changes.Count);
        foreach (var change in changes) _journal.Add(change.Customer, change.Version, change.Delta);
        _journal.End();
        database.Of("journal-add").Bind(1, JournalSequence + 1).Bind(2, _journal.Written).Run();
        return _journal.Written.Length;
    }

    private int WriteTransitions(CommitBatch batch)
    {
        var begun = false;
        foreach (var change in batch.Changes)
        {
            for (var index = 0; index < change.Transitions.Count; index++)
            {
                var transition = change.Transitions[index];
                if (!begun) _transitions.Begin(batch.Transitions, transition.RecordedAt);
                begun = true;
                _transitions.Add(transition);
            }
        }

        _transitions.End();
        database.Of("transitions-add").Bind(1, Head + batch.Transitions).Bind(2, _transitions.Written).Run();
        return _transitions.Written.Length;
    }
}
