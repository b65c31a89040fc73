using System.Globalization;
using System.Text;
using Grid.Model.Schemes.Definitions;

namespace Grid.Rulebooks.Compiling;

/// <summary>
/// A text of everything in a scheme that decides layers: schemes with equal fingerprints put every customer into the same layer until the same
/// instant. It contains the tags and points that conditions read, but no names, playbooks, guidance or places in files.
/// </summary>
internal static class SchemeFingerprint
{
    // Separates parts that may contain anything but control characters.
    private const char Separator = '\u001f';

    public static string Compute(SchemeDefinition scheme, CompileContext context)
    {
        var text = new StringBuilder();
        Put(text, scheme.IsAudience ? "audience" : "scheme", Number(context.Language), scheme.Calendar, scheme.Baseline.Text, Number(scheme.CutMargin));
        var policy = scheme.DowngradePolicy;
        Put(text, Number(policy.Grace), Number(policy.MinimumStay));
        if (scheme.Rfm is { } rfm)
        {
            Put(text, "rfm", rfm.Window, Number(rfm.HighMargin));
            foreach (var dimension in new[] { rfm.Recency, rfm.Frequency, rfm.Monetary })
                Put(text, dimension.Mode.ToString(), dimension.Window, dimension.Bands is null ? null : string.Join(Separator, dimension.Bands));
        }

        foreach (var layer in scheme.Layers) Put(text, "layer", layer.Id);
        foreach (var rule in scheme.Rules)
        {
            Put(text, "rule", rule.Layer);
            if (rule.When is not null) Put(text, rule.When, context);
        }

        return text.ToString();
    }

    public static string Compute(TagDefinition tag, CompileContext context)
    {
        var text = new StringBuilder();
        Put(text, "tag", Number(context.Language), tag.Tag, tag.Calendar, Number(tag.CutMargin));
        if (tag.When is not null) Put(text, tag.When, context);
        if (tag.Each is { } each) Put(text, "each", each.Source, each.Window, Number(each.AtLeast));
        return text.ToString();
    }

    private static void Put(StringBuilder text, ConditionDefinition condition, CompileContext context)
    {
        switch (condition)
        {
            case AllDefinition all:
                Put(text, "all", all.Conditions, context);
                break;
            case AnyDefinition any:
                Put(text, "any", any.Conditions, context);
                break;
            case NotDefinition not:
                Put(text, "not", [not.Condition], context);
                break;
            case ComparisonDefinition leaf:
                Put(text, leaf.Metric, string.Join(Separator, leaf.Arguments), leaf.Operator.ToString(), string.Join(Separator, leaf.Values));
                Put(text, [.. leaf.Values.Select((_, index) => leaf.IsQuoted(index) ? "text" : "word")]);

                // Any rule may derive a tag, and such rules may read points.
                if (leaf.Metric == "tags") foreach (var tag in context.Tags.All) Put(text, tag.Meaning);
                if (leaf.Metric is "tags" or "points" or "growth") Put(text, context.Points.Meaning);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(condition), condition, "a kind of condition without a meaning");
        }
    }

    private static void Put(StringBuilder text, string what, IReadOnlyList<ConditionDefinition> conditions, CompileContext context)
    {
        Put(text, what, Number(conditions.Count));
        foreach (var condition in conditions) Put(text, condition, context);
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static void Put(StringBuilder text, params ReadOnlySpan<string?> parts)
    {
        foreach (var part in parts) text.Append(part ?? "\u0001").Append(Separator);
        text.Append('\n');
    }
}
