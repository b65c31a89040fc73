using Grid.Ledger;
using Grid.Ledger.Memory;
using Grid.Model.Customers;

namespace Grid.Simulation.Worlds;

/// <summary>Reads the memory ledger, whose tasks are completed at once.</summary>
internal static class Rows
{
    public static Dictionary<CustomerId, CustomerRow> From(MemoryLedger ledger)
    {
        var rows = new Dictionary<CustomerId, CustomerRow>();
        using var scan = Synchronous.Of(ledger.Scan(CancellationToken.None).AsTask());
        var reading = scan.Rows.GetAsyncEnumerator(CancellationToken.None);
        while (Synchronous.Of(reading.MoveNextAsync().AsTask())) rows.Add(reading.Current.Customer, reading.Current);
        return rows;
    }

    public static IReadOnlyList<LoggedTransition> LogOf(MemoryLedger ledger)
    {
        var log = new List<LoggedTransition>();
        var from = LogPosition.Start;
        while (Synchronous.Of(ledger.Tail(from, int.MaxValue, CancellationToken.None).AsTask()) is { Items.Count: > 0 } page)
        {
            log.AddRange(page.Items);
            from = page.Next;
        }

        return log;
    }
}

/// <summary>Reads the result of a completed task.</summary>
internal static class Synchronous
{
    public static T Of<T>(Task<T> task) =>
        task.IsCompleted ? task.GetAwaiter().GetResult() : throw new WorldException("an answer that must be there is not");
}
