namespace Grid.Load.Trickles;

/// <summary>An honest sender, measured alone and then beside connections that announce bodies and send them byte by byte.</summary>
/// <param name="Server">The address of the server.</param>
/// <param name="Connections">Of the trickle.</param>
/// <param name="BytesPerSecond">Of each such connection.</param>
/// <param name="Seconds">Of each part.</param>
/// <param name="Key">The honest sender's; the trickle shows none.</param>
internal sealed record TrickleOptions(Uri Server, int Connections, int BytesPerSecond, int Seconds, string? Key)
{
    /// <summary>Null when the arguments are invalid.</summary>
    public static TrickleOptions? Parse(ReadOnlySpan<string> words)
    {
        var options = new TrickleOptions(new Uri("http://127.0.0.1:5080"), 640, 300, 20, null);
        for (; words.Length >= 2; words = words[2..])
        {
            if (words[0] == "--key") options = options with { Key = words[1] };
            else if (words[0] == "--url" && Uri.TryCreate(words[1], UriKind.Absolute, out var server)) options = options with { Server = server };
            else if (!int.TryParse(words[1], out var number) || number <= 0) return null;
            else if (words[0] == "--connections") options = options with { Connections = number };
            else if (words[0] == "--bytes") options = options with { BytesPerSecond = number };
            else if (words[0] == "--seconds") options = options with { Seconds = number };
            else return null;
        }

        return words.IsEmpty ? options : null;
    }
}
