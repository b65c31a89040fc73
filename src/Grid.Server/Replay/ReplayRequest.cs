using System.Globalization;
using Grid.Model.Time;
using Grid.Server.Hosting;

namespace Grid.Server.Replay;

/// <param name="End">Events after it are left out; null: to the last event.</param>
/// <param name="Speed">Grid seconds per real second; null: as fast as possible.</param>
/// <param name="Dump">The CSV file of the layers to write at the end; null: none.</param>
/// <param name="Log">The CSV file of the transitions to write at the end; null: none.</param>
internal sealed record ReplayRequest(IReadOnlyList<string> Files, Instant? End, double? Speed, bool Serve, string? Dump, string? Log = null)
{
    /// <summary>Parses an instant, or a date as the last millisecond of that day in UTC.</summary>
    public static Instant? Until(string? text)
    {
        if (text is null) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return Instant.From(new DateTimeOffset(date.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero)).Plus(-1);
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)) return Instant.From(instant);
        throw new ConfigurationException($"--until is '{text}', which is neither a date such as 1998-06-30 nor an instant");
    }

    public string? Fault()
    {
        if (Speed is <= 0) return $"--speed is {Speed}; it is more than zero";
        return Files.FirstOrDefault(file => !File.Exists(file)) is { } missing ? $"{missing}: there is no such file" : null;
    }
}
