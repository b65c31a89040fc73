using System.Globalization;
using Npgsql;

namespace Grid.Ledger.Postgres;

/// <summary>
/// The named records of a database. A write whose answer was lost fails as temporary. A caller that retries with the same tag gets a conflict if the
/// first write succeeded, and then reads the record.
/// </summary>
internal sealed class PostgresRecords(Database database)
{
    public ValueTask<StateRecord?> Read(string name, string key, CancellationToken cancellation) =>
        database.Read(
            "reading a record",
            (name, key),
            static (connection, requested, waiting) => Stored(connection, requested.name, requested.key, waiting),
            cancellation);

    /// <param name="payload">Null clears the record.</param>
    public ValueTask<RecordOutcome> Write(string name, string key, byte[]? payload, string? tag) =>
        database.Write("writing a record", (name, key, payload, tag), Write);

    private static async Task<RecordOutcome> Write(
        NpgsqlConnection connection, (string Name, string Key, byte[]? Payload, string? Tag) record)
    {
        await using var command = record.Tag is null
            ? Database.Statement(connection, "record-add")
            : Database.Statement(connection, "record-replace");
        command.Parameters.Add(Database.Value(record.Name));
        command.Parameters.Add(Database.Value(record.Key));
        command.Parameters.Add(Database.Value(record.Payload));
        if (record.Tag is not null) command.Parameters.Add(Database.Value(Number(record.Tag)));
        if (await command.ExecuteScalarAsync() is long written) return new RecordWritten(record.Payload is null ? null : Tag(written));
        var stored = await Stored(connection, record.Name, record.Key, CancellationToken.None);
        return new RecordConflict(stored?.Tag);
    }

    private static async Task<StateRecord?> Stored(NpgsqlConnection connection, string name, string key, CancellationToken cancellation)
    {
        await using var command = Database.Statement(connection, "record-read", Database.Value(name), Database.Value(key));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation) || reader.IsDBNull(1)) return null;
        return new StateRecord(reader.GetFieldValue<byte[]>(1), Tag(reader.GetInt64(0)));
    }

    private static string Tag(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A tag that is no number was not given by this ledger, so it matches no record.</summary>
    private static long Number(string tag) => long.TryParse(tag, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
