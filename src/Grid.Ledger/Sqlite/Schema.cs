namespace Grid.Ledger.Sqlite;

/// <summary>Migrates a file to the newest schema, or fails with the reason why it is no ledger.</summary>
internal static class Schema
{
    /// <summary>"GRID" in the file's application id, which distinguishes a ledger from other SQLite files.</summary>
    private const int ApplicationId = 0x47524944;

    public static void Apply(Database database, string path)
    {
        var migrations = SqlFiles.Sqlite.Migrations();
        var newest = migrations[^1].Number;
        var application = database.Number("PRAGMA application_id");
        var version = database.Number("PRAGMA user_version");
        var empty = database.Number("SELECT count(*) FROM sqlite_schema") == 0;
        if (application != ApplicationId && !empty)
            throw new LedgerException(FailureKind.Permanent, $"{path} is a SQLite file but not a ledger; it was left as it is.");
        if (version > newest)
            throw new LedgerException(
                FailureKind.Permanent,
                $"{path} has schema version {version}; this build knows up to {newest}. Start the build that wrote it or a newer one.");
        HeadFunctions.Define(database);
        foreach (var (number, sql) in migrations)
        {
            if (number <= version) continue;
            database.Begin();
            try
            {
                database.Execute(sql, $"bringing the file to schema version {number}");
                database.Execute($"PRAGMA application_id = {ApplicationId}");
                database.Execute($"PRAGMA user_version = {number}");
                database.Commit();
            }
            catch (LedgerException)
            {
                database.Rollback();
                throw;
            }
        }
    }
}
