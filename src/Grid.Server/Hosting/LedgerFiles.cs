namespace Grid.Server.Hosting;

/// <summary>Restricts the files of a ledger to the user of the server process: they contain purchases of persons.</summary>
internal static class LedgerFiles
{
    private const UnixFileMode OwnFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Everybody = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>
    /// Creates the missing folder and files. Removes read access for everyone; keeps read access of a group, which an operator granted on purpose.
    /// </summary>
    public static void Prepare(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        if (!Directory.Exists(folder)) Directory.CreateDirectory(folder, OwnFolder);
        var database = Path.Combine(folder, GridLedger.File);

        // SQLite accepts an empty file as a new database, and gives its write-ahead log and shared memory the mode of the database.
        foreach (var file in (string[])[database, $"{database}.lock"]) Own(file, isMade: true);
        foreach (var file in (string[])[$"{database}-wal", $"{database}-shm"]) Own(file, isMade: false);
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void Own(string file, bool isMade)
    {
        if (!File.Exists(file))
        {
            var making = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnFile };
            if (isMade) new FileStream(file, making).Dispose();
            return;
        }

        if ((File.GetUnixFileMode(file) & Everybody) == UnixFileMode.None) return;
        try
        {
            File.SetUnixFileMode(file, OwnFile);
        }
        catch (UnauthorizedAccessException)
        {
            // Another user owns the file and must restrict it.
        }
    }
}
