using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Grid.Ledger.Sqlite;

/// <summary>Translates SQLite's result codes into failures of the ledger.</summary>
internal static class SqliteFailure
{
    public static void Check(int code, sqlite3? database, string what)
    {
        if (code is raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE) return;
        throw From(code, database, what);
    }

    public static LedgerException From(int code, sqlite3? database, string what)
    {
        var detail = database is null ? raw.sqlite3_errstr(code).utf8_to_string() : raw.sqlite3_errmsg(database).utf8_to_string();
        return (code & 0xFF) switch
        {
            raw.SQLITE_FULL => Temporary($"The disk or the file's limit is full while {what}: {detail}."),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => Temporary($"The ledger's file is busy while {what}: {detail}."),
            raw.SQLITE_NOMEM => Temporary($"Memory is short while {what}: {detail}."),
            raw.SQLITE_IOERR => Temporary($"The disk failed while {what} (code {code}): {detail}."),
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => Permanent($"The ledger's file is damaged, found while {what}: {detail}."),
            raw.SQLITE_CANTOPEN => Permanent($"The ledger's file cannot be opened while {what}: {detail}."),
            raw.SQLITE_READONLY => Permanent($"The ledger's file cannot be written while {what}: {detail}."),
            _ => Permanent($"SQLite refused {what} (code {code}): {detail}."),
        };
    }

    /// <summary>Translates any other failure with stored bytes.</summary>
    public static LedgerException From(Exception failure, string what) => failure switch
    {
        LedgerException known => known,
        SqliteException refused => From(refused.SqliteExtendedErrorCode, null, what),
        InvalidDataException => Permanent($"The ledger's file is damaged, found while {what}: {failure.Message}", failure),
        _ => Permanent($"The ledger failed while {what}: {failure.Message}", failure),
    };

    private static LedgerException Temporary(string message) => new(FailureKind.Temporary, message);

    private static LedgerException Permanent(string message, Exception? inner = null) => new(FailureKind.Permanent, message, inner);
}
