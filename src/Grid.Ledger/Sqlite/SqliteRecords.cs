using System.Globalization;
using Grid.Ledger.Lanes;
using Grid.Ledger.Sqlite.Lane;
using Grid.Ledger.Sqlite.Reading;

namespace Grid.Ledger.Sqlite;

/// <summary>The named records of a ledger file, written with the batches of its lane.</summary>
internal sealed class SqliteRecords(LaneQueue queue, Readers readers)
{
    public ValueTask<StateRecord?> Read(string name, string key, CancellationToken cancellation) =>
        readers.Read((name, key), static (database, question) => Stored(database, question.name, question.key).Record, cancellation);

    /// <param name="payload">Null clears the record.</param>
    public async ValueTask<RecordOutcome> Write(string name, string key, byte[]? payload, string? tag)
    {
        var work = new BatchWork<RecordOutcome>(database => Write(database, name, key, payload, tag));
        await queue.Add(work);
        return await work.Answer;
    }

    private static RecordOutcome Write(Database database, string name, string key, byte[]? payload, string? tag)
    {
        var (number, record) = Stored(database, name, key);
        if (record?.Tag != tag) return new RecordConflict(record?.Tag);
        var statement = database.Of("record-write").Bind(1, name).Bind(2, key).Bind(3, number + 1);
        if (payload is null) statement.BindNull(4).Run();
        else statement.Bind(4, payload).Run();
        return new RecordWritten(payload is null ? null : Tag(number + 1));
    }

    private static (long Number, StateRecord? Record) Stored(Database database, string name, string key)
    {
        var statement = database.Of("record-read").Bind(1, name).Bind(2, key);
        if (!statement.Step()) return (0, null);
        var number = statement.Long(0);
        var record = statement.IsNull(1) ? null : new StateRecord(statement.Blob(1).ToArray(), Tag(number));
        statement.Reset();
        return (number, record);
    }

    private static string Tag(long number) => number.ToString(CultureInfo.InvariantCulture);
}
