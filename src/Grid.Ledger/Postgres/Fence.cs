using Grid.Ledger.Postgres.Following;
using Grid.Ledger.Postgres.Reading;
using Npgsql;

namespace Grid.Ledger.Postgres;

/// <summary>
/// Puts an epoch in force for every process. It holds the locks of all lanes for a moment, so that each batch either comes before the fence or sees
/// the new epoch.
/// </summary>
internal sealed class Fence(Database database, CommitFeed publication, LogFollower follower, PostgresLedgerOptions options)
{
    /// <summary>Returns the epoch in force, after the observers of this process have received everything committed before.</summary>
    public async ValueTask<long> Raise(long epoch)
    {
        var (pages, inForce) = await Lock(epoch);
        follower.Nudge();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(options.Limits.FenceSeconds), options.Time);
        try
        {
            await publication.Reach(pages, patience.Token);
            return inForce;
        }
        catch (OperationCanceledException failure)
        {
            if (follower.Failure is { } broken) throw broken;
            throw new LedgerException(FailureKind.Temporary, "The log could not be read up to the fence in time.", failure);
        }
    }

    /// <summary>Raising the epoch twice is harmless, so a lost answer does not matter.</summary>
    private ValueTask<(long[] Pages, long InForce)> Lock(long epoch) =>
        database.Read("fencing the lanes", epoch, Lock, CancellationToken.None);

    private static async Task<(long[] Pages, long InForce)> Lock(NpgsqlConnection connection, long epoch, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var lanes = await LaneHeads.Read(connection, "lanes-lock", cancellation);
        await using var raising = Database.Statement(connection, "lanes-fence", Database.Value(epoch));
        await raising.ExecuteNonQueryAsync(cancellation);
        await using var reading = Database.Statement(connection, "edition", Database.Value((short)0));
        var inForce = (long)(await reading.ExecuteScalarAsync(cancellation))!;
        await transaction.CommitAsync(cancellation);
        return ([.. lanes.Select(lane => lane.Page)], inForce);
    }
}
