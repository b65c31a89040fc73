using Grid.Ledger.Postgres.Following;
using Npgsql;

namespace Grid.Ledger.Postgres;

/// <summary>
/// Keeps servers that cannot share a database from it, by a lock that ends with its connection, however the process ends. It is held by a
/// transaction that does nothing else: a lock of the session would be nobody's behind a pool that lends connections by the transaction.
/// </summary>
/// <remarks>
/// When the connection is lost, with its server or by an administrator, the lock is taken again. Who finds it taken by then has been
/// replaced, and commits nothing any more.
/// </remarks>
internal sealed class Tenure(Database database, PostgresLedgerOptions options) : IAsyncDisposable
{
    /// <summary>Between two attempts to get the lock, and between two looks at whether it is still held.</summary>
    private static readonly TimeSpan Attempts = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Looks = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _closing = new();
    private Task _keeping = Task.CompletedTask;

    // Touched by who opens the ledger, then by the loop.
    private NpgsqlConnection? _holder;

    /// <exception cref="LedgerException">Another server has the database, also after some seconds.</exception>
    public async Task Take(CancellationToken cancellation)
    {
        if (options.Tenancy == Tenancy.Unguarded) return;
        try
        {
            _holder = await Hold(cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw PostgresFailure.Of(failure, "looking for other servers");
        }
    }

    /// <param name="follower">Is told when this process may no longer commit.</param>
    public void Keep(LogFollower follower)
    {
        if (_holder is not null) _keeping = Task.Run(() => Run(follower));
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _keeping;
        await Release();
        _closing.Dispose();
    }

    private async Task Run(LogFollower follower)
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                _holder ??= await Hold(_closing.Token);
                while (await IsKept(_holder)) await Task.Delay(Looks, options.Time, _closing.Token);
                await Release();
                database.LookAgain();
            }
            catch (LedgerException replaced)
            {
                follower.GiveUp(replaced);
                return;
            }
            catch (Exception)
            {
                // The database is away, and nobody else gets the lock meanwhile; or the ledger closes.
                await Release();
                await Task.Delay(Attempts, options.Time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>A connection whose transaction has the lock.</summary>
    private async Task<NpgsqlConnection> Hold(CancellationToken cancellation)
    {
        var connection = await database.OpenOwnAsync(cancellation);
        try
        {
            await connection.BeginTransactionAsync(cancellation);
            await using (var settling = Database.Statement(connection, "tenure-settings")) await settling.ExecuteNonQueryAsync(cancellation);
            var began = options.Time.GetTimestamp();
            while (true)
            {
                await using var taking = Database.Statement(connection, options.Tenancy == Tenancy.Sole ? "tenure-sole" : "tenure-shared");
                if ((bool)(await taking.ExecuteScalarAsync(cancellation))!) return connection;

                // A process that has just been killed may be gone before its connection is.
                if (options.Time.GetElapsedTime(began).TotalSeconds > options.Limits.TenureSeconds) throw Refused();
                await Task.Delay(Attempts, options.Time, cancellation);
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Throws when the connection is gone. False on a server that is no longer the one to write to.</summary>
    private static async Task<bool> IsKept(NpgsqlConnection holder)
    {
        await using var asking = Database.Statement(holder, "tenure-kept");
        return (bool)(await asking.ExecuteScalarAsync())!;
    }

    private async ValueTask Release()
    {
        if (_holder is not { } holder) return;
        _holder = null;
        try
        {
            await holder.DisposeAsync();
        }
        catch (NpgsqlException)
        {
            // It broke, which ends the transaction as well.
        }
    }

    private LedgerException Refused()
    {
        var message = options.Tenancy == Tenancy.Sole
            ? "The database is in use by another server; stop it first. With the engine InProcess one database has one server; "
                + "built with the engine Orleans, any number."
            : "The database is in use by a server with the engine InProcess; stop it first.";
        return new LedgerException(FailureKind.Permanent, message);
    }
}
