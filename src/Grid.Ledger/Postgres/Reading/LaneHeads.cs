using Npgsql;

namespace Grid.Ledger.Postgres.Reading;

/// <summary>The ends of the lanes.</summary>
internal static class LaneHeads
{
    /// <param name="statement">The name of the statement that reads them, with or without locking.</param>
    /// <returns>The numbers of the last batch and of the last transition, by lane.</returns>
    public static async Task<List<(long Page, long Head)>> Read(
        NpgsqlConnection connection, string statement, CancellationToken cancellation)
    {
        await using var command = Database.Statement(connection, statement);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var lanes = new List<(long Page, long Head)>();
        while (await reader.ReadAsync(cancellation)) lanes.Add((reader.GetInt64(1), reader.GetInt64(2)));
        return lanes;
    }
}
