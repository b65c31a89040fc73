namespace Grid.Ledger.Sqlite;

/// <param name="Path">The file; created when it does not exist. Its write-ahead log and a lock file lie beside it.</param>
public sealed record SqliteLedgerOptions(string Path)
{
    public LedgerLimits Limits { get; init; } = new();

    /// <summary>
    /// Copies the ledger of a process that has ended, with what it has written ahead, for reading it without changing it: opening a ledger
    /// recovers it. A file system that can clone files copies nothing until one of the two changes.
    /// </summary>
    /// <param name="folder">An empty folder.</param>
    /// <exception cref="LedgerException">Another process uses the ledger.</exception>
    public static SqliteLedgerOptions CopyTo(string folder, string path)
    {
        using var held = LedgerLock.Take(path);
        var copy = System.IO.Path.Combine(folder, System.IO.Path.GetFileName(path));
        File.Copy(path, copy);
        if (File.Exists($"{path}-wal")) File.Copy($"{path}-wal", $"{copy}-wal");
        return new SqliteLedgerOptions(copy);
    }

    /// <summary>Real time also under a simulated clock: it paces the writing and never reaches the data.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
