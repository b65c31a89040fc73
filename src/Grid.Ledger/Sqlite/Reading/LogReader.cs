using Grid.Ledger.Log;

namespace Grid.Ledger.Sqlite.Reading;

/// <summary>Reads the log from any position: its end from memory, the rest from the file.</summary>
internal sealed class LogReader(Readers readers, RecentLog recent, int pageMax)
{
    public ValueTask<LogPage> After(LogPosition after, int limit, CancellationToken cancellation)
    {
        var bounded = Math.Clamp(limit, 1, pageMax);
        return recent.After(after[0], bounded) is { } items
            ? new ValueTask<LogPage>(Page(items, after))
            : FromFile(after, bounded, cancellation);
    }

    private async ValueTask<LogPage> FromFile(LogPosition after, int limit, CancellationToken cancellation)
    {
        var items = await readers.Read((After: after[0], Limit: limit), Read, cancellation);
        return Page(items, after);
    }

    private static List<LoggedTransition> Read(Database database, (long After, int Limit) question)
    {
        var items = new List<LoggedTransition>();
        var statement = database.Of("transitions-after").Bind(1, question.After);
        while (items.Count < question.Limit && statement.Step())
        {
            TransitionPage.Read(statement.Blob(1), 0, statement.Long(0), items);

            // The first page may begin before the requested position.
            if (items.Count > 0 && items[0].Sequence <= question.After)
                items.RemoveRange(0, (int)(question.After + 1 - items[0].Sequence));
        }

        statement.Reset();
        if (items.Count > question.Limit) items.RemoveRange(question.Limit, items.Count - question.Limit);
        return items;
    }

    private static LogPage Page(IReadOnlyList<LoggedTransition> items, LogPosition after) =>
        new(items, items.Count == 0 ? after : after.With(0, items[^1].Sequence));
}
