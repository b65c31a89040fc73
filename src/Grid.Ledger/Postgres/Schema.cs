using Npgsql;

namespace Grid.Ledger.Postgres;

/// <summary>Migrates a database to the newest schema, or fails with the reason why it is no ledger. Many processes may do so at once.</summary>
internal static class Schema
{
    private const int LanesMax = 4;

    /// <summary>What the ledger requires of the server, and the error when it is missing.</summary>
    private const string Settings =
        "SELECT current_setting('synchronous_commit'), current_setting('default_transaction_isolation'), current_setting('server_encoding')";

    /// <summary>Processes migrate one after the other; the lock belongs to this schema of this database.</summary>
    private const string Lock = "SELECT pg_advisory_xact_lock(hashtext('grid ledger'), hashtext(current_schema()))";

    private const string Exists = "SELECT to_regclass(quote_ident(current_schema()) || '.schema_version') IS NOT NULL";

    /// <summary>Fails unless the database has the newest schema; changes nothing.</summary>
    public static async Task Check(NpgsqlConnection connection, int lanes)
    {
        await using var asking = new NpgsqlCommand(Exists, connection);
        if (!(bool)(await asking.ExecuteScalarAsync())!) throw Refused("The database holds no ledger.");
        await using var reading = Database.Statement(connection, "schema-version");
        var (version, newest) = ((int)(await reading.ExecuteScalarAsync())!, SqlFiles.Postgres.Migrations()[^1].Number);
        if (version != newest)
            throw Refused($"The database has schema version {version}, and this build reads {newest}: start its server once to migrate it.");
        await CheckLanes(connection, lanes);
    }

    public static async Task Apply(NpgsqlConnection connection, int lanes)
    {
        if (lanes is < 1 or > LanesMax) throw Refused($"A ledger has 1 to {LanesMax} lanes; {lanes} were configured.");
        await Examine(connection);
        await using var transaction = await connection.BeginTransactionAsync();
        await Execute(connection, Lock);
        var version = await Version(connection);
        var migrations = SqlFiles.Postgres.Migrations();
        var newest = migrations[^1].Number;
        if (version > newest)
            throw Refused($"The database has schema version {version}; this build knows up to {newest}. Start the build that made it or a newer one.");
        foreach (var (number, sql) in migrations)
            if (number > version)
                await Execute(connection, sql);
        if (version < newest) await Execute(connection, $"UPDATE schema_version SET number = {newest}");
        if (version == 0)
            for (var lane = 0; lane < lanes; lane++)
                await Execute(connection, $"INSERT INTO lanes (lane, page, head, edition) VALUES ({lane}, 0, 0, 0)");
        await CheckLanes(connection, lanes);
        await transaction.CommitAsync();
    }

    private static async Task CheckLanes(NpgsqlConnection connection, int lanes)
    {
        await using var counting = new NpgsqlCommand("SELECT count(*) FROM lanes", connection);
        var made = (long)(await counting.ExecuteScalarAsync())!;
        if (made != lanes)
            throw Refused($"The database has {made} lanes, and {lanes} were configured; the number is fixed, set it to {made}.");
    }

    private static async Task Examine(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Settings, connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        if (reader.GetString(0) == "off") throw Refused("synchronous_commit is off: acknowledged events would not survive a crash. Turn it on.");
        if (reader.GetString(1) != "read committed") throw Refused("default_transaction_isolation must be 'read committed'.");
        if (reader.GetString(2) != "UTF8") throw Refused("The database must have the encoding UTF8.");
    }

    /// <summary>0 when the database has no ledger yet; the table of the version is then created.</summary>
    private static async Task<int> Version(NpgsqlConnection connection)
    {
        await using var asking = new NpgsqlCommand(Exists, connection);
        if (!(bool)(await asking.ExecuteScalarAsync())!)
        {
            await Execute(connection, "CREATE TABLE schema_version (number integer NOT NULL)");
            await Execute(connection, "INSERT INTO schema_version (number) VALUES (0)");
        }

        await using var reading = Database.Statement(connection, "schema-version");
        return (int)(await reading.ExecuteScalarAsync())!;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static LedgerException Refused(string message) => new(FailureKind.Permanent, message);
}
