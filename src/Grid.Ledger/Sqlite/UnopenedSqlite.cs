namespace Grid.Ledger.Sqlite;

/// <summary>Reads a record of a file without opening the ledger: it takes no lock and changes nothing.</summary>
public static class UnopenedSqlite
{
    /// <returns>Null when there is no file, or none with the tables of a ledger.</returns>
    /// <exception cref="LedgerException">The file cannot be read.</exception>
    public static UnopenedRecord? Read(string path, string name, string key)
    {
        if (!File.Exists(path) || new FileInfo(path).Length == 0) return null;
        using var database = Database.Open(path, readOnly: true);
        if (database.Number("SELECT count(*) FROM sqlite_schema WHERE name IN ('records', 'transitions', 'journal')") < 3) return null;
        var statement = database.Of("record-read").Bind(1, name).Bind(2, key);
        var payload = statement.Step() && !statement.IsNull(1) ? statement.Blob(1).ToArray() : null;
        statement.Reset();
        var isUsed = database.Of("transitions-last").Number() > 0 || database.Of("journal-bytes").Number() > 0;
        return new UnopenedRecord(payload, isUsed);
    }
}
