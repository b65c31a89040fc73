using Grid.Ledger.Log;
using Grid.Ledger.Postgres.Following;
using Npgsql;

namespace Grid.Ledger.Postgres.Reading;

/// <summary>Reads the log from any position: the end of a lane from memory, the rest from the database.</summary>
internal sealed class LogReader(Database database, CommitFeed publication, int lanes, int pageMax)
{
    /// <summary>
    /// Divides the limit among the lanes; later lanes get what earlier ones leave of their share. The position determines which lane is first, so
    /// that a reader of small pages reaches all of them.
    /// </summary>
    public async ValueTask<LogPage> After(LogPosition after, int limit, CancellationToken cancellation)
    {
        var left = Math.Clamp(limit, 1, pageMax);
        var items = new List<LoggedTransition>();
        var next = after;
        var first = First(after);
        for (var turn = 0; turn < lanes && left > 0; turn++)
        {
            var lane = (first + turn) % lanes;
            var share = (left + lanes - turn - 1) / (lanes - turn);
            var read = publication.Recent(lane).After(after[lane], share) is { } recent
                ? recent
                : await FromDatabase(lane, after[lane], share, cancellation);
            if (read.Count == 0) continue;
            items.AddRange(read);
            left -= read.Count;
            next = next.With(lane, read[^1].Sequence);
        }

        return new LogPage(items, next);
    }

    private ValueTask<IReadOnlyList<LoggedTransition>> FromDatabase(int lane, long after, int limit, CancellationToken cancellation) =>
        database.Read("reading the log", (lane, after, limit), Read, cancellation);

    private static async Task<IReadOnlyList<LoggedTransition>> Read(
        NpgsqlConnection connection, (int Lane, long After, int Limit) requested, CancellationToken cancellation)
    {
        // A page holds at least one transition, and some hold thousands: reading stops at the limit.
        await using var command = Database.Statement(
            connection, "log-after", Database.Value((short)requested.Lane), Database.Value(requested.After), Database.Value((long)requested.Limit));
        var items = new List<LoggedTransition>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (items.Count < requested.Limit && await reader.ReadAsync(cancellation))
        {
            TransitionPage.Read(reader.GetFieldValue<byte[]>(1), requested.Lane, reader.GetInt64(0), items);

            // The first page may begin before the requested position.
            if (items.Count > 0 && items[0].Sequence <= requested.After) items.RemoveRange(0, (int)(requested.After + 1 - items[0].Sequence));
        }

        if (items.Count > requested.Limit) items.RemoveRange(requested.Limit, items.Count - requested.Limit);
        return items;
    }

    private int First(LogPosition after)
    {
        long sum = 0;
        for (var lane = 0; lane < lanes; lane++) sum += after[lane];
        return (int)(sum % lanes);
    }
}
