using Grid.Model.Customers;
using Grid.Model.Time;
using Npgsql;

namespace Grid.Ledger.Postgres.Reading;

/// <summary>Rows as callers see them.</summary>
internal static class CustomerRows
{
    /// <summary>A row of id, version, deadline, state and checksum.</summary>
    public static StoredRow From(NpgsqlDataReader reader) => StoredRow.From(
        new CustomerId(reader.GetString(0)),
        reader.GetInt64(1),
        reader.IsDBNull(2) ? Instant.Never : new Instant(reader.GetInt64(2)),
        reader.GetFieldValue<byte[]>(3),
        reader.IsDBNull(4) ? null : reader.GetInt64(4));
}
