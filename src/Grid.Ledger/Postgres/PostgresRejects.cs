using Grid.Model.Time;
using Npgsql;

namespace Grid.Ledger.Postgres;

/// <summary>The rejects of a database, numbered in the order in which they become visible.</summary>
/// <remarks>
/// A process writes one batch at a time; rejects that arrive meanwhile form the next. Each batch locks the row of the last number until it is
/// committed, and each commit wakes all transactions that wait for that row: one writer avoids the crowd.
/// </remarks>
internal sealed class PostgresRejects(Database database, LedgerLimits limits)
{
    private readonly Lock _lock = new();
    private List<Reject> _waiting = [];
    private Task _writing = Task.CompletedTask;
    private Task? _next;

    // The initial value makes the first batch drop rejects that an earlier process left.
    private long _addedSinceDrop = limits.RejectsKeptMax;

    public ValueTask Keep(IReadOnlyList<Reject> rejects)
    {
        if (rejects.Count == 0) return default;
        lock (_lock)
        {
            _waiting.AddRange(rejects);
            return new ValueTask(_next ??= WriteAfter(_writing));
        }
    }

    public ValueTask<IReadOnlyList<KeptReject>> After(long after, int limit, CancellationToken cancellation) =>
        database.Read("reading rejects", (after, Math.Clamp(limit, 1, limits.PageTransitionsMax)), Read, cancellation);

    private async Task WriteAfter(Task before)
    {
        // Yields, so that the writing does not run under the caller's lock.
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        List<Reject> rejects;
        lock (_lock)
        {
            (rejects, _waiting) = (_waiting, []);
            (_writing, _next) = (_next!, null);
        }

        await database.Write("keeping rejects", rejects, Write);
    }

    private async Task<int> Write(NpgsqlConnection connection, IReadOnlyList<Reject> rejects)
    {
        await using var batch = Database.Batch(
            connection,
            Database.Part(
                "rejects-add",
                Database.Value(rejects.Select(reject => reject.ReceivedAt.Milliseconds).ToArray()),
                Texts(reject => reject.Customer),
                Texts(reject => reject.MessageId),
                Texts(reject => reject.Reason),
                Texts(reject => reject.Place),
                Database.Value(rejects.Select(Raw).ToArray())));

        // Not dropped with each batch: a delete at the start of an index reads past every entry deleted there since the last vacuum.
        var added = _addedSinceDrop + rejects.Count;
        var drops = added >= limits.RejectsKeptMax / 100;
        if (drops) batch.BatchCommands.Add(Database.Part("rejects-drop", Database.Value((long)limits.RejectsKeptMax)));
        var changed = await batch.ExecuteNonQueryAsync();
        _addedSinceDrop = drops ? 0 : added;
        return changed;

        NpgsqlParameter Texts(Func<Reject, string?> of) => Database.Value(rejects.Select(reject => Storable(of(reject))).ToArray());
    }

    private static async Task<IReadOnlyList<KeptReject>> Read(
        NpgsqlConnection connection, (long After, int Limit) requested, CancellationToken cancellation)
    {
        await using var command = Database.Statement(
            connection, "rejects-after", Database.Value(requested.After), Database.Value((long)requested.Limit));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var kept = new List<KeptReject>();
        while (await reader.ReadAsync(cancellation))
        {
            var reject = new Reject(
                new Instant(reader.GetInt64(1)),
                reader.IsDBNull(2) ? null : reader.GetString(2),
                reader.IsDBNull(3) ? null : reader.GetString(3),
                reader.GetString(4),
                reader.GetString(5),
                reader.GetFieldValue<byte[]>(6));
            kept.Add(new KeptReject(reader.GetInt64(0), reject));
        }

        return kept;
    }

    private byte[] Raw(Reject reject) => reject.Raw.AsSpan(0, Math.Min(reject.Raw.Length, limits.RejectRawBytesMax)).ToArray();

    /// <summary>Removes the character zero, which rejected items may contain and PostgreSQL's texts cannot.</summary>
    private static string? Storable(string? text) => text?.Replace('\0', '\ufffd');
}
