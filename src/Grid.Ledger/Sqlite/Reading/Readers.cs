using System.Collections.Concurrent;

namespace Grid.Ledger.Sqlite.Reading;

/// <summary>A bounded pool of connections for reading beside the lane; a reader that finds none free waits.</summary>
internal sealed class Readers(string path, int readersMax) : IDisposable
{
    private readonly SemaphoreSlim _free = new(readersMax);
    private readonly ConcurrentBag<Database> _connections = [];

    /// <summary>Runs a read on a connection of its own. SQLite reads on the caller's thread.</summary>
    public async ValueTask<TResult> Read<TQuestion, TResult>(
        TQuestion question, Func<Database, TQuestion, TResult> read, CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation);
        try
        {
            if (!_connections.TryTake(out var connection)) connection = Database.Open(path, readOnly: true);
            try
            {
                return read(connection, question);
            }
            finally
            {
                connection.Release();
                _connections.Add(connection);
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw SqliteFailure.From(failure, "reading");
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose()
    {
        while (_connections.TryTake(out var connection)) connection.Dispose();
        _free.Dispose();
    }
}
