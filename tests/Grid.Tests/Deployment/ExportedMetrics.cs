using System.Globalization;
using System.Text.RegularExpressions;
using Grid.Server.Observability;

namespace Grid.Tests.Deployment;

/// <summary>The content of an answer of /metrics.</summary>
internal sealed partial class ExportedMetrics
{
    /// <summary>Labels that Prometheus adds to everything it scrapes.</summary>
    private static readonly string[] OfTheScrape = ["job", "instance"];

    /// <summary>A series of Prometheus' own, one for each target.</summary>
    private const string Up = "up";

    /// <summary>Counters of Orleans that are exported when the first thing was counted, which a healthy server never does.</summary>
    private static readonly HashSet<string> OfOrleans =
        [.. ExportedInstruments.OfOrleans.Select(instrument => instrument.Replace('-', '_')).SelectMany(name => new[] { name, $"{name}_total" })];

    private readonly Dictionary<string, HashSet<string>> _labels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);

    /// <exception cref="FormatException">A line is no sample, or a metric is described twice or not at all.</exception>
    public ExportedMetrics(string text)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ');
            if (words[0] == "#")
            {
                if (words[1] == "TYPE" && !_types.TryAdd(words[2], words[3])) throw new FormatException($"{words[2]} is described twice.");
                continue;
            }

            var sample = Sample().Match(line);
            if (!sample.Success) throw new FormatException($"'{line}' is no sample.");
            var name = sample.Groups["name"].Value;
            if (TypeOf(name) is null) throw new FormatException($"{name} has no type.");
            if (!_labels.TryGetValue(name, out var labels)) _labels.Add(name, labels = new HashSet<string>(StringComparer.Ordinal));
            labels.UnionWith(sample.Groups["label"].Captures.Select(capture => capture.Value));
            var own = sample.Groups["label"].Captures.Zip(sample.Groups["text"].Captures, (label, value) => $"{label}={value}").Where(IsOwn);
            Values.Add((name, string.Join(',', own)),
                double.Parse(sample.Groups["value"].Value, CultureInfo.InvariantCulture));
        }
    }

    public Dictionary<(string Name, string Labels), double> Values { get; } = [];

    public IEnumerable<string> Names => _labels.Keys;

    /// <summary>The mistake in a query for a series; null when it can be answered.</summary>
    public string? Fault(AskedSeries asked)
    {
        if (OfOrleans.Contains(asked.Metric)) return null;
        if (asked.Metric != Up && !_labels.ContainsKey(asked.Metric)) return $"{asked.Metric} is not exported";
        var known = _labels.GetValueOrDefault(asked.Metric, []);
        var unknown = asked.Labels.FirstOrDefault(label => !known.Contains(label) && !OfTheScrape.Contains(label));
        if (unknown is not null) return $"{asked.Metric} has no label {unknown}";
        var counts = asked.Metric != Up && TypeOf(asked.Metric) is "counter" or "histogram";
        if (counts && asked.Function is not ("rate" or "increase")) return $"{asked.Metric} only grows until a restart; ask for its rate";
        return !counts && asked.Function is "rate" or "increase" ? $"{asked.Metric} is no counter" : null;
    }

    /// <summary>The meter that a sample is of is not a label of the instrument's own.</summary>
    private static bool IsOwn(string label) => !label.StartsWith("otel_scope_name=", StringComparison.Ordinal);

    private string? TypeOf(string name)
    {
        if (_types.TryGetValue(name, out var type)) return type;
        foreach (var ending in new[] { "_bucket", "_count", "_sum" })
            if (name.EndsWith(ending, StringComparison.Ordinal) && _types.GetValueOrDefault(name[..^ending.Length]) == "histogram")
                return "histogram";
        return null;
    }

    [GeneratedRegex(
        """^(?<name>[a-z_0-9]+)(\{((?<label>[a-z_0-9]+)="(?<text>[^"]*)",?)+\})? (?<value>\S+)$""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sample();
}
