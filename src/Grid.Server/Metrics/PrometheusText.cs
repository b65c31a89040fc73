using System.Globalization;
using System.Text;

namespace Grid.Server.Metrics;

/// <summary>Writes the Prometheus text exposition format 0.0.4: a HELP and a TYPE line per metric, then its samples.</summary>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Values below 128 microseconds share one bucket.</summary>
    private const int FirstBucket = 7;

    private readonly StringBuilder _text = new();

    public PrometheusText Counter(string name, string help, double value) => Metric(name, help, "counter").Sample(name, value);

    public PrometheusText Gauge(string name, string help, double value) => Metric(name, help, "gauge").Sample(name, value);

    /// <summary>Buckets and their count; the sum is unknown.</summary>
    /// <param name="doublings">Element k counts durations below 2^k microseconds that are in no earlier element; the last has no bound.</param>
    public PrometheusText Histogram(string name, string help, IReadOnlyList<long> doublings)
    {
        Metric(name, help, "histogram");
        long count = 0;
        for (var index = 0; index < doublings.Count; index++)
        {
            count += doublings[index];
            if (index < FirstBucket) continue;
            var bound = index == doublings.Count - 1 ? "+Inf" : ((1L << index) / 1e6).ToString("R", CultureInfo.InvariantCulture);
            Sample($"{name}_bucket", count, ("le", bound));
        }

        return Sample($"{name}_count", count);
    }

    public PrometheusText Metric(string name, string help, string type)
    {
        _text.Append("# HELP ").Append(name).Append(' ').Append(help).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
        return this;
    }

    public PrometheusText Sample(string name, double value, params ReadOnlySpan<(string Label, string Value)> labels)
    {
        _text.Append(name);
        for (var index = 0; index < labels.Length; index++)
        {
            _text.Append(index == 0 ? '{' : ',').Append(labels[index].Label).Append("=\"");
            _text.Append(labels[index].Value.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n")).Append('"');
        }

        if (labels.Length > 0) _text.Append('}');
        _text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        return this;
    }

    public override string ToString() => _text.ToString();
}
