using System.Globalization;
using Grid.Model;
using Grid.Model.Baselines;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Definitions;
using Grid.Rulebooks.Reading.Sources;

namespace Grid.Rulebooks.Reading;

/// <summary>Reads how a scheme scores recency, frequency and monetary.</summary>
internal static class RfmReader
{
    private const string ScoresExample = "scores: rank";
    private const string BandsExample = "{ bands: [5d, 10d, 20d, 40d] }";
    private const string SpanShape = "such as 90d, 12h or 30m";
    private const int BandsCount = 4;

    private static readonly string Modes = string.Join(", ", ScoreModes.Names);
    private static readonly string[] Dimensions = ["recency", "frequency", "monetary"];

    /// <summary>Parses a bound into a comparable value; null when it is no bound.</summary>
    private delegate decimal? ReadBound(string text);

    /// <param name="inDays">The scheme has a calendar, so that windows and ages count whole days.</param>
    public static RfmDefinition? Read(SourceNode node, bool inDays, DiagnosticBag diagnostics)
    {
        if (Fields.Read(node, "\"rfm\"", "{ window: 90d, scores: rank }", ["window", "scores", "highMargin"], diagnostics) is not { } fields)
        {
            return null;
        }

        var window = ReadWindow(fields, inDays, diagnostics);
        var margin = MarginReader.Read(fields, "highMargin", Margins.Default.High, diagnostics);
        if (fields.Required("scores", ScoresExample) is not { } scores || scores is SourceUnreadable)
        {
            return null;
        }

        if (Mode(scores) is { } mode)
        {
            var byRank = new DimensionDefinition(Bands: null, Window: null, scores.Place) { Mode = mode };
            return window is null ? null : new RfmDefinition(window, byRank, byRank, byRank, node.Place) { HighMargin = margin };
        }

        if (scores is not SourceMapping)
        {
            diagnostics.Add(
                scores.Place,
                $"“scores”写 {Modes} 之一，或者分别写明 recency、frequency 和 monetary：各为其中之一，或给出界限。",
                $"\"scores\" is one of {Modes}, or names recency, frequency and monetary, each with one of these or bands.");
            return null;
        }

        var each = Fields.Read(scores, "\"scores\"", "{ recency: …, frequency: …, monetary: … }", Dimensions, diagnostics)!;
        var recency = ReadDimension(each, "recency", text => Recency(text, inDays), rises: true, inDays, diagnostics);
        var frequency = ReadDimension(each, "frequency", Frequency, rises: false, inDays, diagnostics);
        var monetary = ReadDimension(each, "monetary", Monetary, rises: false, inDays, diagnostics);
        return window is null || recency is null || frequency is null || monetary is null
            ? null
            : new RfmDefinition(window, recency, frequency, monetary, node.Place) { HighMargin = margin };
    }

    private static DimensionDefinition? ReadDimension(
        Fields scores, string name, ReadBound read, bool rises, bool inDays, DiagnosticBag diagnostics)
    {
        switch (scores.Required(name, $"{name}: rank"))
        {
            case null or SourceUnreadable:
                return null;
            case SourceScalar scalar when Mode(scalar) is { } mode:
                return new DimensionDefinition(Bands: null, Window: null, scalar.Place) { Mode = mode };
            case SourceMapping mapping:
                // The time since the last order has no window; counts and sums may have their own.
                string[] known = name == "recency" ? ["bands"] : ["window", "bands"];
                var fields = Fields.Read(mapping, $"\"{name}\"", BandsExample, known, diagnostics)!;
                var window = fields.Optional("window") is null || name == "recency" ? null : ReadWindow(fields, inDays, diagnostics);
                var bands = ReadBands(fields, name, read, rises, diagnostics);
                return bands is null ? null : new DimensionDefinition(bands, window, mapping.Place);
            case { } other:
                diagnostics.Add(
                    other.Place,
                    $"“{name}”写 {Modes} 之一，或者界限，例如 {BandsExample}。",
                    $"\"{name}\" is one of {Modes}, or bands such as {BandsExample}; found {other.Kind.En}.");
                return null;
        }
    }

    private static ScoreMode? Mode(SourceNode node) => node is SourceScalar scalar ? ScoreModes.Find(scalar.Text) : null;

    private static List<string>? ReadBands(Fields fields, string name, ReadBound read, bool rises, DiagnosticBag diagnostics)
    {
        var example = name == "recency" ? "bands: [5d, 10d, 20d, 40d]" : "bands: [15, 10, 5, 2]";
        if (fields.RequiredList("bands", example) is not { } items)
        {
            return null;
        }

        if (items.Count != BandsCount)
        {
            diagnostics.Add(
                fields.Optional("bands")!.Place,
                $"“bands”是 5 个分值之间的 {BandsCount} 个界限，最好的在前，例如 {example}；现在有 {items.Count} 个。",
                $"\"bands\" are {BandsCount} bounds between 5 scores, best first, such as \"{example}\"; found {items.Count}.");
        }

        List<string> bands = [];
        decimal? previous = null;
        foreach (var item in items)
        {
            var text = (item as SourceScalar)?.Text;
            var bound = text is null ? null : read(text);
            if (bound is null)
            {
                diagnostics.Add(
                    item.Place,
                    $"{name} 的界限是{Shape(name).Zh}；现在是{(text is null ? item.Kind.Zh : $"“{text}”")}。",
                    $"A bound of {name} is {Shape(name).En}; found {(text is null ? item.Kind.En : $"\"{text}\"")}.");
            }
            else if (previous is not null && (rises ? bound <= previous : bound >= previous))
            {
                var order = rises ? "longer" : "less";
                diagnostics.Add(
                    item.Place,
                    $"{name} 的界限最好的在前，所以每一个都要比前一个{(rises ? "长" : "小")}；“{text}”不是。",
                    $"The bounds of {name} stand best first, so each is {order} than the one before; \"{text}\" is not.");
            }

            previous = bound ?? previous;
            bands.Add(text ?? "");
        }

        return bands;
    }

    private static string? ReadWindow(Fields fields, bool inDays, DiagnosticBag diagnostics)
    {
        if (fields.RequiredText("window", "window: 90d", SchemeFileLimits.NameCharactersMax) is not { } written)
        {
            return null;
        }

        if (!WindowSyntax.IsWindow(written.Text) || WindowSyntax.Milliseconds(written.Text) == 0)
        {
            diagnostics.Add(
                written.Place,
                $"“{written.Text}”不是时间窗；请写一段时长，例如 90d、12h 或 30m，或者 all。",
                $"\"{written.Text}\" is no window; write a span {SpanShape}, or all.");
        }
        else if (inDays && written.Text != "all" && WindowSyntax.Days(written.Text) is null)
        {
            diagnostics.Add(
                written.Place,
                $"按日历计算时，时间窗是整天；“{written.Text}”不是。",
                $"With a calendar windows are whole days; \"{written.Text}\" is not.");
        }

        return written.Text;
    }

    private static LocalizedText Shape(string name) => name switch
    {
        "recency" => new LocalizedText("一段时长，例如 90d、12h 或 30m（按日历计算时是整天）", $"a span {SpanShape} (whole days with a calendar)"),
        "frequency" => new LocalizedText("订单数，1 或更大的整数，例如 15", "a whole number of orders, 1 or more, such as 15"),
        _ => new LocalizedText("金额，0 或更大，例如 500 或 499.90", "an amount in major units, 0 or more, such as 500 or 499.90"),
    };

    private static decimal? Recency(string text, bool inDays) =>
        WindowSyntax.Milliseconds(text) is { } span and > 0 && (!inDays || WindowSyntax.Days(text) is not null) ? span : null;

    private static decimal? Frequency(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var orders) && orders > 0 ? orders : null;

    private static decimal? Monetary(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount <= Limits.AmountMax
            ? amount
            : null;
}
