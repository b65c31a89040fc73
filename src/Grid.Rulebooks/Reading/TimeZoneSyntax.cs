using Grid.Rulebooks.Reading.Sources;
using NodaTime;

namespace Grid.Rulebooks.Reading;

/// <summary>Reads the name of a time zone.</summary>
internal static class TimeZoneSyntax
{
    /// <returns>The name as written, even when there is no such zone.</returns>
    public static string Read(SourceScalar zone, DiagnosticBag diagnostics)
    {
        if (!Exists(zone.Text))
        {
            var near = NearestWord.Clause(zone.Text, DateTimeZoneProviders.Tzdb.Ids);
            diagnostics.Add(
                zone.Place,
                $"“{zone.Text}”不是 IANA 时区，例如 Asia/Shanghai{near.Zh}",
                $"\"{zone.Text}\" is no IANA time zone such as Asia/Shanghai{near.En}");
        }

        return zone.Text;
    }

    public static bool Exists(string name) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) is not null;
}
