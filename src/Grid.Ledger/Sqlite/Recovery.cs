using System.Globalization;
using Grid.Ledger.Log;
using Grid.Ledger.Sqlite.Lane;
using Grid.Ledger.Sqlite.Reading;
using Grid.Model.Customers;

namespace Grid.Ledger.Sqlite;

/// <summary>
/// After a start: folds the deltas of the journal onto the rows, which gives back what the last process held in memory. Nothing is
/// evaluated again; a delta that the row already has is left out, so that a checkpoint cut off anywhere does no harm.
/// </summary>
internal static class Recovery
{
    public static void Run(Database database, Overlay overlay, GroupWriter writer, Checkpoint checkpoint, RecentLog recent)
    {
        try
        {
            var deltas = new SortedDictionary<CustomerId, List<JournalEntry>>(IdOrder.Instance);
            var (first, last, bytes) = (0L, 0L, 0L);
            var statement = database.Of("journal-pages");
            while (statement.Step())
            {
                last = statement.Long(0);
                if (first == 0) first = last;
                bytes += statement.Blob(1).Length;
                foreach (var entry in JournalPage.Read(statement.Blob(1)))
                {
                    if (!deltas.TryGetValue(entry.Customer, out var list)) deltas.Add(entry.Customer, list = []);
                    list.Add(entry);
                }
            }

            foreach (var (customer, list) in deltas) overlay.Current.Put(customer, Fold(database, customer, list));
            var head = database.Of("transitions-last").Number();
            writer.Recover(last, bytes, head);
            checkpoint.Recover(Math.Max(0, first - 1));
            recent.Publish(head);
        }
        catch (Exception failure)
        {
            throw SqliteFailure.Of(failure, "recovering the journal");
        }
    }

    private static OverlayRow Fold(Database database, CustomerId customer, List<JournalEntry> deltas)
    {
        var row = CustomerRows.Load(database, customer);
        var version = row?.Version ?? 0;
        var state = row?.State ?? [];
        foreach (var entry in deltas)
        {
            if (entry.Version <= version) continue;
            if (entry.Version != version + 1)
                throw new InvalidDataException(string.Create(
                    CultureInfo.InvariantCulture, $"the journal goes from version {version} of a customer to {entry.Version}."));
            state = CustomerCodec.Fold(state, entry.Delta);
            version = entry.Version;
        }

        return new OverlayRow(version, state, CustomerHeader.Read(state).DueAt);
    }
}
