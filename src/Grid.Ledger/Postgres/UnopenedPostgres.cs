using Npgsql;

namespace Grid.Ledger.Postgres;

/// <summary>Reads a record of a database without opening the ledger.</summary>
public static class UnopenedPostgres
{
    /// <returns>Null when the database has no tables of a ledger.</returns>
    /// <exception cref="LedgerException">The database cannot be read.</exception>
    public static UnopenedRecord? Read(PostgresLedgerOptions options, string name, string key)
    {
        try
        {
            var settings = ConnectionSettings.From(options);
            settings.Pooling = false;
            using var source = new FailoverDataSource(settings);
            using var connection = source.Open();
            using var requested = Database.Statement(connection, "record-read", Database.Value(name), Database.Value(key));
            byte[]? payload;
            using (var reader = requested.ExecuteReader())
                payload = reader.Read() && !reader.IsDBNull(1) ? reader.GetFieldValue<byte[]>(1) : null;
            using var any = Database.Statement(connection, "customers-any");
            return new UnopenedRecord(payload, (bool)any.ExecuteScalar()!);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return null;
        }
        catch (Exception failure) when (failure is not LedgerException)
        {
            throw PostgresFailure.From(failure, "reading the currency of the ledger");
        }
    }
}
