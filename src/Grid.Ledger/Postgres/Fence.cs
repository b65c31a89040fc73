using Grid.Ledger.Postgres.Following;
using Grid.Ledger.Postgres.Reading;
using Npgsql;

namespace Grid.Ledger.Postgres;

/// <summary>
/// Puts an edition of the rules in force for every process: it holds the locks of all lanes for a moment, so that each group is either
/// before it or sees the new edition.
/// </summary>
internal sealed class Fence(Database database, Publication publication, LogFollower follower, PostgresLedgerOptions options)
{
    /// <summary>Returns when everything committed before was told to the observers of this process.</summary>
    public async ValueTask Raise(long edition)
    {
        var pages = await Lock(edition);
        follower.Nudge();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(options.Limits.FenceSeconds), options.Time);
        try
        {
            await publication.Reach(pages, patience.Token);
        }
        catch (OperationCanceledException failure)
        {
            if (follower.Failure is { } broken) throw broken;
            throw new LedgerException(FailureKind.Temporary, "The log could not be read up to the fence in time.", failure);
        }
    }

    /// <summary>It may be raised twice, so that a lost answer is no matter.</summary>
    private ValueTask<long[]> Lock(long edition) =>
        database.Read("fencing the lanes", edition, Lock, CancellationToken.None);

    private static async Task<long[]> Lock(NpgsqlConnection connection, long edition, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var lanes = await LaneHeads.Read(connection, "lanes-lock", cancellation);
        await using var raising = Database.Statement(connection, "lanes-fence", Database.Value(edition));
        await raising.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return [.. lanes.Select(lane => lane.Page)];
    }
}
