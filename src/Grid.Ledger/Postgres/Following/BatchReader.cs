using Grid.Ledger.Log;
using Npgsql;

namespace Grid.Ledger.Postgres.Following;

/// <summary>Reads batches of the log, also those of other processes.</summary>
internal static class BatchReader
{
    /// <summary>A limited number of batches of each lane after a position, in their order.</summary>
    /// <param name="after">The last batch read of each lane.</param>
    /// <param name="until">The last batch wanted of each lane.</param>
    public static async Task<List<LoggedBatch>> After(
        NpgsqlConnection connection, long[] after, long[] until, int limit, CancellationToken cancellation)
    {
        await using var batch = Batch(connection, after, until, limit);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var batches = new List<LoggedBatch>();
        for (var lane = 0; lane < after.Length && await reader.NextResultAsync(cancellation); lane++)
        {
            while (await reader.ReadAsync(cancellation)) batches.Add(Batch(reader, lane));
            Examine(batches, lane, after[lane]);
        }

        return batches;
    }

    private static NpgsqlBatch Batch(NpgsqlConnection connection, long[] after, long[] until, int limit)
    {
        var batch = Database.Batch(connection, Database.Part("plan-by-index"));
        for (var lane = 0; lane < after.Length; lane++)
        {
            batch.BatchCommands.Add(Database.Part(
                "groups-after",
                Database.Value((short)lane),
                Database.Value(after[lane]),
                Database.Value(until[lane]),
                Database.Value((long)limit)));
        }

        return batch;
    }

    private static LoggedBatch Batch(NpgsqlDataReader reader, int lane)
    {
        var (page, last) = (reader.GetInt64(0), reader.GetInt64(1));
        var erased = CustomerPage.ReadErased(reader.GetFieldValue<byte[]>(2));
        var transitions = new List<LoggedTransition>();
        if (!reader.IsDBNull(3)) TransitionPage.Read(reader.GetFieldValue<byte[]>(3), lane, last, transitions);
        return new LoggedBatch(lane, page, last, transitions, erased);
    }

    /// <summary>Checks for dropped batches: numbers of a lane have no gaps, so a missing batch was dropped.</summary>
    private static void Examine(List<LoggedBatch> batches, int lane, long after)
    {
        var first = batches.Find(batch => batch.Lane == lane);
        if (first is null || first.Page == after + 1) return;
        throw new CutOffException();
    }
}

/// <summary>Batches were dropped before this process read them.</summary>
internal sealed class CutOffException() : Exception("this process was cut off from the log for longer than groups are kept; start it again");
