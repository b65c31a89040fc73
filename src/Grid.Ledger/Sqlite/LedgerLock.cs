namespace Grid.Ledger.Sqlite;

/// <summary>
/// Locks the file against a second process, or a second ledger in this one. The system releases the lock when the process ends, also after a crash.
/// </summary>
internal sealed class LedgerLock : IDisposable
{
    private readonly FileStream _file;

    private LedgerLock(FileStream file) => _file = file;

    public static LedgerLock Take(string path)
    {
        try
        {
            return new LedgerLock(new FileStream($"{path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (DirectoryNotFoundException failure)
        {
            throw new LedgerException(FailureKind.Permanent, $"The folder of {path} does not exist.", failure);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new LedgerException(FailureKind.Permanent, $"{path} may not be written by this user.", failure);
        }
        catch (IOException failure)
        {
            var message = $"{path} is in use by another process; stop it first. One ledger has one process.";
            throw new LedgerException(FailureKind.Temporary, message, failure);
        }
    }

    public void Dispose() => _file.Dispose();
}
