namespace Grid.Server.Hosting;

/// <summary>Keeps the files of a ledger to the user that the server runs as: they hold who bought what.</summary>
internal static class LedgerFiles
{
    private const UnixFileMode OwnFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Everybody = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>
    /// Makes the folder and the files that are not there. What everybody could read is closed; what a group reads was opened on purpose and
    /// stays.
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

        // SQLite takes an empty file for a new database, and gives its write-ahead log and shared memory the mode of the database.
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
            // The file is another user's, who must close it.
        }
    }
}
