using Grid.Model.Customers;
using Grid.Model.Time;
using Npgsql;

namespace Grid.Ledger.Postgres.Reading;

/// <summary>Rows as callers see them; the measures stand in the head of the state.</summary>
internal static class CustomerRows
{
    /// <summary>A row of id, version, deadline and state.</summary>
    public static CustomerRow Of(NpgsqlDataReader reader)
    {
        var state = reader.GetFieldValue<byte[]>(3);
        var dueAt = reader.IsDBNull(2) ? Instant.Never : new Instant(reader.GetInt64(2));
        return new CustomerRow(new CustomerId(reader.GetString(0)), reader.GetInt64(1), state, dueAt, CustomerHeader.Read(state).Measures);
    }
}
