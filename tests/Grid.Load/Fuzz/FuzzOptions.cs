namespace Grid.Load.Fuzz;

/// <summary>Which servers get mutated inputs, how many and of which seed.</summary>
/// <param name="Servers">Addresses; inputs go to them in turn.</param>
/// <param name="Inputs">The run ends after so many inputs, or after <paramref name="Seconds"/>.</param>
/// <param name="Connections">Each sends one input at a time.</param>
/// <param name="Key">Sent as a bearer token; null: none.</param>
internal sealed record FuzzOptions(IReadOnlyList<Uri> Servers, int Inputs, int Seconds, int Seed, int Connections, string? Key)
{
    private const int ConnectionsDefault = 8;

    /// <summary>Null when the arguments are invalid.</summary>
    public static FuzzOptions? Parse(ReadOnlySpan<string> words)
    {
        var options = new FuzzOptions([], int.MaxValue, int.MaxValue, 1, ConnectionsDefault, null);
        for (; words.Length >= 2; words = words[2..])
        {
            if (words[0] == "--key") options = options with { Key = words[1] };
            else if (words[0] == "--url" && Uri.TryCreate(words[1], UriKind.Absolute, out var server))
                options = options with { Servers = [.. options.Servers, server] };
            else if (!int.TryParse(words[1], out var number) || number <= 0) return null;
            else if (words[0] == "--inputs") options = options with { Inputs = number };
            else if (words[0] == "--seconds") options = options with { Seconds = number };
            else if (words[0] == "--seed") options = options with { Seed = number };
            else if (words[0] == "--connections") options = options with { Connections = number };
            else return null;
        }

        var ends = options.Inputs < int.MaxValue || options.Seconds < int.MaxValue;
        return words.IsEmpty && options.Servers.Count > 0 && ends ? options : null;
    }
}
