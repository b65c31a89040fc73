namespace Grid.Load.Http;

/// <summary>The load, its server and its duration.</summary>
/// <param name="Customers">Customers imported before the run, each with ten orders of the past year.</param>
/// <param name="Seconds">Of load that is measured, after <see cref="WarmEvents"/> that are not.</param>
/// <param name="Connections">Each has one batch under way at a time.</param>
/// <param name="Data">A folder to keep and to find again, already filled; null: a temporary one.</param>
/// <param name="Server">Path of Grid.Server.dll.</param>
/// <param name="Postgres">Connection string of the database; null: a file.</param>
internal sealed record HttpCostOptions(int Customers, int Seconds, int Connections, string? Data, string Server, string? Postgres = null)
{
    /// <summary>The argument instead of a connection string that starts a PostgreSQL server for the run.</summary>
    public const string OwnPostgres = "own";

    public const int OrdersPerCustomer = 10;

    /// <summary>Events before the measurement, enough for the JIT to reach its final code on a busy machine too.</summary>
    public const int WarmEvents = 100_000;

    /// <summary>Null when the arguments are invalid.</summary>
    public static HttpCostOptions? Parse(ReadOnlySpan<string> words)
    {
        var options = new HttpCostOptions(200_000, 20, 8, null, Path.GetFullPath(
            Path.Combine(AppContext.BaseDirectory, "..", "..", "Grid.Server", "release", "Grid.Server.dll")));
        for (; words.Length >= 2; words = words[2..])
        {
            if (words[0] == "--data") options = options with { Data = Path.GetFullPath(words[1]) };
            else if (words[0] == "--postgres") options = options with { Postgres = words[1] };
            else if (words[0] == "--server") options = options with { Server = Path.GetFullPath(words[1]) };
            else if (!int.TryParse(words[1], out var number) || number <= 0) return null;
            else if (words[0] == "--customers") options = options with { Customers = number };
            else if (words[0] == "--seconds") options = options with { Seconds = number };
            else if (words[0] == "--connections") options = options with { Connections = number };
            else return null;
        }

        return words.IsEmpty ? options : null;
    }

    /// <summary>Ids are of one width, so that a body can be changed in place.</summary>
    public static string CustomerId(int number) => $"user-{number:D8}";
}
