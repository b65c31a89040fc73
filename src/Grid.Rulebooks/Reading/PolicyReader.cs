using System.Globalization;
using Grid.Model.Baselines;
using Grid.Model.Time;
using Grid.Rulebooks.Reading.Sources;

namespace Grid.Rulebooks.Reading;

/// <summary>Reads when a scheme's cut-offs are derived from the population: <c>continuous</c>, <c>frozen</c>, or daily at a time.</summary>
internal static class PolicyReader
{
    private const string Name = "baseline";
    private const string DailyExample = "{ daily: \"03:00\", zone: Asia/Shanghai }";

    /// <returns>The default when the file has no policy, or one with a mistake.</returns>
    public static BaselinePolicy Read(Fields fields, string scheme, DiagnosticBag diagnostics)
    {
        switch (fields.Optional(Name))
        {
            case null or SourceUnreadable or SourceScalar { Text: "continuous" }:
                return BaselinePolicy.Continuous;
            case SourceScalar { Text: "frozen" }:
                return new FrozenPolicy(scheme);
            case SourceMapping daily:
                return ReadDaily(daily, diagnostics) ?? BaselinePolicy.Continuous;
            case { } other:
                var written = other is SourceScalar { IsEmpty: false } scalar ? $"\"{scalar.Text}\"" : null;
                diagnostics.Add(
                    other.Place,
                    $"“baseline”写 continuous、frozen 或 {DailyExample}；现在是{written ?? other.Kind.Zh}。",
                    $"\"baseline\" is continuous, frozen or {DailyExample}; found {written ?? other.Kind.En}.");
                return BaselinePolicy.Continuous;
        }
    }

    private static DailyPolicy? ReadDaily(SourceMapping mapping, DiagnosticBag diagnostics)
    {
        var fields = Fields.Read(mapping, $"\"{Name}\"", DailyExample, ["daily", "zone"], diagnostics)!;
        var time = fields.RequiredText("daily", "daily: \"03:00\"", SchemeFileLimits.NameCharactersMax);
        var zone = fields.RequiredText("zone", "zone: Asia/Shanghai", SchemeFileLimits.NameCharactersMax);
        var minute = time is null ? null : Minute(time.Text);
        if (time is not null && minute is null)
        {
            diagnostics.Add(
                time.Place,
                $"“{time.Text}”不是一天中的时刻；请写成 \"03:00\" 这样，从 \"00:00\" 到 \"23:59\"。",
                $"\"{time.Text}\" is no time of day; write it as \"03:00\", from \"00:00\" to \"23:59\".");
        }

        if (zone is null || !TimeZoneSyntax.Exists(TimeZoneSyntax.Read(zone, diagnostics)) || minute is null)
        {
            return null;
        }

        return new DailyPolicy(minute.Value, new LocalDays(zone.Text));
    }

    private static int? Minute(string text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time.Hour * 60 + time.Minute
            : null;
}
