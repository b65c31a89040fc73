using Grid.Ledger.Log;
using Grid.Ledger.Sqlite.Lane;
using Grid.Model.Customers;

namespace Grid.Ledger.Sqlite;

/// <summary>
/// After a start: finds in the journal what the last process held in memory. It reads the journal once and no row; who is asked for is
/// folded then, and the checkpoint that follows after a while folds and writes the others. Nothing is evaluated again.
/// </summary>
internal sealed class Recovery(Database database, Overlay overlay, GroupWriter writer, Checkpoint checkpoint)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the overlay holds what the journal holds; until then nobody may ask for a customer.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Runs on the lane, before its first group. Takes about a second for a million deltas.</summary>
    public void Run()
    {
        try
        {
            Read();
            _ended.SetResult();
        }
        catch (Exception failure)
        {
            var reason = SqliteFailure.Of(failure, "recovering the journal");
            _ended.SetException(reason);
            throw reason;
        }
    }

    private void Read()
    {
        var changed = new Dictionary<CustomerId, Deltas>();
        var (first, last, bytes) = (0L, 0L, 0L);
        var statement = database.Of("journal-pages");
        while (statement.Step())
        {
            last = statement.Long(0);
            if (first == 0) first = last;
            var page = statement.Blob(1).ToArray();
            bytes += page.Length;
            foreach (var entry in JournalPage.Read(page))
            {
                if (changed.TryGetValue(entry.Customer, out var deltas)) deltas.Add(entry);
                else changed.Add(entry.Customer, new Deltas(entry));
            }
        }

        writer.RecoverJournal(last, bytes);
        if (changed.Count == 0) return;
        checkpoint.Recover(overlay.Recover(changed), first - 1);
    }
}
