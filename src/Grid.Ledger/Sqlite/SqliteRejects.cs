using Grid.Ledger.Lanes;
using Grid.Ledger.Sqlite.Lane;
using Grid.Ledger.Sqlite.Reading;
using Grid.Model.Time;

namespace Grid.Ledger.Sqlite;

/// <summary>The rejects of a ledger file, written with the batches of its lane.</summary>
internal sealed class SqliteRejects(LaneQueue queue, Readers readers, LedgerLimits limits)
{
    public async ValueTask Keep(IReadOnlyList<Reject> rejects)
    {
        if (rejects.Count == 0) return;
        var work = new BatchWork<int>(database => Write(database, rejects));
        await queue.Add(work);
        await work.Answer;
    }

    public ValueTask<IReadOnlyList<KeptReject>> After(long after, int limit, CancellationToken cancellation) =>
        readers.Read<(long After, int Limit), IReadOnlyList<KeptReject>>(
            (after, Math.Clamp(limit, 1, limits.PageTransitionsMax)), Read, cancellation);

    private int Write(Database database, IReadOnlyList<Reject> rejects)
    {
        foreach (var reject in rejects)
        {
            var raw = reject.Raw.AsSpan(0, Math.Min(reject.Raw.Length, limits.RejectRawBytesMax));
            var statement = database.Of("reject-add").Bind(1, reject.ReceivedAt.Milliseconds).Bind(2, reject.Customer);
            statement.Bind(3, reject.MessageId).Bind(4, reject.Reason).Bind(5, reject.Place).Bind(6, raw).Run();
        }

        database.Of("rejects-drop").Bind(1, limits.RejectsKeptMax).Run();
        return rejects.Count;
    }

    private static List<KeptReject> Read(Database database, (long After, int Limit) question)
    {
        var kept = new List<KeptReject>();
        var statement = database.Of("rejects-after").Bind(1, question.After).Bind(2, (long)question.Limit);
        while (statement.Step())
        {
            var reject = new Reject(
                new Instant(statement.Long(1)),
                statement.IsNull(2) ? null : statement.Text(2),
                statement.IsNull(3) ? null : statement.Text(3),
                statement.Text(4),
                statement.Text(5),
                statement.Blob(6).ToArray());
            kept.Add(new KeptReject(statement.Long(0), reject));
        }

        return kept;
    }
}
