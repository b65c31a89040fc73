using Grid.Ledger.Log;
using Grid.Ledger.Sqlite.Lane;
using Grid.Model.Customers;

namespace Grid.Ledger.Sqlite;

/// <summary>
/// After a start: finds in the journal what the last process held in memory. It reads the journal once and no row; who is asked for is
/// folded then, and the checkpoint that begins at once folds and writes the others. Nothing is evaluated again.
/// </summary>
internal static class Recovery
{
    public static void Run(Database database, Overlay overlay, GroupWriter writer, Checkpoint checkpoint, RecentLog recent)
    {
        try
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

            foreach (var (customer, deltas) in changed) overlay.Current.Put(customer, new OverlayRow(deltas));
            var head = database.Of("transitions-last").Number();
            writer.Recover(last, bytes, head);
            checkpoint.Recover(Math.Max(0, first - 1));
            recent.Publish(head);
            if (changed.Count > 0) checkpoint.Start();
        }
        catch (Exception failure)
        {
            throw SqliteFailure.Of(failure, "recovering the journal");
        }
    }
}
