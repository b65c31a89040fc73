using System.Globalization;
using Npgsql;

namespace Grid.Load.Postgres;

/// <summary>What a server has used so far.</summary>
/// <param name="ProcessorSeconds">Of all its processes; 0 when it is not ours.</param>
internal readonly record struct ServerUsage(long WalBytes, long Updates, long HotUpdates, double ProcessorSeconds)
{
    private const double TicksPerSecond = 100;

    private const string Question = """
        SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint,
            coalesce(sum(n_tup_upd), 0)::bigint, coalesce(sum(n_tup_hot_upd), 0)::bigint
        FROM pg_stat_user_tables WHERE relname IN ('customers', 'stock_states') AND schemaname = current_schema()
        """;

    /// <param name="processId">The server's first process, or null when it is not ours.</param>
    public static async Task<ServerUsage> Now(string connectionString, int? processId)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(Question, connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new ServerUsage(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), processId is { } known ? Processor(known) : 0);
    }

    /// <summary>Its own time, that of the children it has, and that of those which have ended.</summary>
    private static double Processor(int processId)
    {
        var children = Directory.EnumerateDirectories("/proc")
            .Where(folder => Path.GetFileName(folder).All(char.IsAsciiDigit))
            .Select(Fields)
            .Where(fields => fields.Length > 0 && fields[1] == processId.ToString(CultureInfo.InvariantCulture));
        var own = Fields($"/proc/{processId}");
        return (children.Sum(fields => Ticks(fields, 11, 12)) + Ticks(own, 11, 12, 13, 14)) / TicksPerSecond;
    }

    /// <summary>The state, the parent and so on; empty when the process has ended meanwhile.</summary>
    private static string[] Fields(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "stat")).Split(") ")[^1].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static long Ticks(string[] fields, params int[] places) =>
        places.Sum(place => long.Parse(fields[place], CultureInfo.InvariantCulture));
}
