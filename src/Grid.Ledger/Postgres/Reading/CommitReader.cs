using Grid.Ledger.Postgres.Following;
using Npgsql;

namespace Grid.Ledger.Postgres.Reading;

/// <summary>Reads batches after a position from the database, and only when this process knows that there are some.</summary>
internal sealed class CommitReader(Database database, CommitFeed publication, LedgerLimits limits)
{
    public async ValueTask<CommitPage?> After(CommitPosition after, int limit, CancellationToken cancellation)
    {
        var head = publication.CommitHead;
        if (after.Covers(head)) return new CommitPage([], after);
        var batches = await database.Read("reading commits", (head, after, Math.Clamp(limit, 1, limits.PageBatchesMax)), Read, cancellation);
        return batches is null ? null : new CommitPage(batches, batches.Aggregate(after, (place, batch) => place.With(batch.Lane, batch.Number)));
    }

    private async Task<List<CommittedBatch>?> Read(
        NpgsqlConnection connection, (CommitPosition Head, CommitPosition After, int Limit) requested, CancellationToken cancellation)
    {
        int[] lanes = [.. Enumerable.Range(0, requested.Head.Lanes).Where(lane => requested.After[lane] < requested.Head[lane])];
        await using var batch = Database.Batch(connection, Database.Part("plan-by-index"));
        foreach (var lane in lanes)
        {
            batch.BatchCommands.Add(Database.Part(
                "commits-after",
                Database.Value((short)lane),
                Database.Value(requested.After[lane]),
                Database.Value((long)Math.Max(1, requested.Limit / lanes.Length))));
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var batches = new List<CommittedBatch>();
        foreach (var lane in lanes)
        {
            await reader.NextResultAsync(cancellation);
            if (!await ReadLane(reader, lane, requested.After[lane], limits.PageCommitsMax / lanes.Length, batches, cancellation)) return null;
        }

        return batches;
    }

    /// <summary>Whether the lane still has the batch after <paramref name="after"/>. Numbers have no gaps, so a missing batch was dropped.</summary>
    private static async Task<bool> ReadLane(
        NpgsqlDataReader reader, int lane, long after, int customersMax, List<CommittedBatch> into, CancellationToken cancellation)
    {
        var (next, customers) = (after + 1, 0);
        while (customers < customersMax && await reader.ReadAsync(cancellation))
        {
            if (reader.GetInt64(0) != next) return false;
            var (changed, erased) = CustomerPage.Read(reader.GetFieldValue<byte[]>(2));
            if (erased is not null) changed.Add(CommittedCustomer.Erased(erased.Customer));
            into.Add(new CommittedBatch(lane, next++, reader.GetInt64(1), changed));
            customers += changed.Count;
        }

        // This process knows that the batch was committed, so a missing batch was dropped.
        return next > after + 1;
    }
}
