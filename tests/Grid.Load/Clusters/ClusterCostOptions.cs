namespace Grid.Load.Clusters;

/// <param name="Postgres">Connection string of the database whose cluster is loaded.</param>
/// <param name="Customers">Orders are spread over so many.</param>
/// <param name="Seconds">Of load that is measured, after <see cref="WarmSeconds"/> that are not.</param>
/// <param name="Calls">Under way at the same time.</param>
internal sealed record ClusterCostOptions(string Postgres, int Customers, int Seconds, int Calls)
{
    public const int WarmSeconds = 5;

    /// <summary>Null when the arguments are invalid.</summary>
    public static ClusterCostOptions? Parse(ReadOnlySpan<string> words)
    {
        var options = new ClusterCostOptions("", 100_000, 20, 64);
        for (; words.Length >= 2; words = words[2..])
        {
            if (words[0] == "--postgres") options = options with { Postgres = words[1] };
            else if (!int.TryParse(words[1], out var number) || number <= 0) return null;
            else if (words[0] == "--customers") options = options with { Customers = number };
            else if (words[0] == "--seconds") options = options with { Seconds = number };
            else if (words[0] == "--calls") options = options with { Calls = number };
            else return null;
        }

        return words.IsEmpty && options.Postgres.Length > 0 ? options : null;
    }
}
