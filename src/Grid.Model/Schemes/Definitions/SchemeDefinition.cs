using Grid.Model.Baselines;
using Grid.Model.Languages;

namespace Grid.Model.Schemes.Definitions;

/// <summary>A place in a configuration file; lines and columns count from 1.</summary>
public readonly record struct Place(string File, int Line, int Column)
{
    public override string ToString() => $"{File}:{Line}:{Column}";
}

/// <summary>A mistake in a configuration file. Its text tells the user, in each language of operators, what to write instead.</summary>
public sealed record Diagnostic(Place Place, LocalizedText Text)
{
    public Diagnostic(Place place, string zh, string en)
        : this(place, new LocalizedText(zh, en))
    {
    }

    /// <summary>The text in English, for logs and the console.</summary>
    public string Message => Text.En;

    public override string ToString() => $"{Place}: {Message}";
}

/// <summary>A name or a message as operators see it.</summary>
public readonly record struct LocalizedText(string Zh, string En)
{
    public string In(Language language) => language == Language.Chinese ? Zh : En;
}

/// <summary>A scheme as parsed from its file, not yet checked against the vocabulary of metrics.</summary>
/// <param name="Id">Lower-case words joined by hyphens.</param>
/// <param name="Calendar">An IANA zone: windows and recency are counted in its local days. Null: rolling windows.</param>
/// <param name="Layers">Lowest rank first; in any order where <see cref="IsOrdered"/> is false.</param>
/// <param name="Rules">The first that holds decides; only the last has no condition, so that exactly one always holds.</param>
public sealed record SchemeDefinition(
    string Id,
    LocalizedText Name,
    LocalizedText Description,
    string? Calendar,
    RfmDefinition? Rfm,
    IReadOnlyList<LayerDefinition> Layers,
    IReadOnlyList<RuleDefinition> Rules,
    Place Place)
{
    /// <summary>Whether the file lists its layers; false for an audience, which has the layers <c>out</c> and <c>in</c>.</summary>
    public bool IsAudience { get; init; }

    /// <summary>The grace and the minimum stay that delay downgrades.</summary>
    public DowngradePolicy DowngradePolicy { get; init; }

    /// <summary>Whether a layer ranks above those before it; false for attributes such as gender: then no transition is an upgrade.</summary>
    public bool IsOrdered { get; init; } = true;

    /// <summary>How far a published cut-off may be off before it is derived anew, in thousandths.</summary>
    public int CutMargin { get; init; } = Margins.Default.Cut;

    /// <summary>When the cut-offs of its scores and top shares are derived.</summary>
    public BaselinePolicy Baseline { get; init; } = BaselinePolicy.Continuous;
}

/// <param name="Playbook">What to do for the customers of this layer.</param>
public sealed record LayerDefinition(string Id, LocalizedText Name, LocalizedText Playbook, Place Place)
{
    /// <summary>Whether the layer holds lapsed customers, to be won back.</summary>
    public bool Lapsed { get; init; }

    /// <summary>Null when the file gives none.</summary>
    public LayerGuidance? Guidance { get; init; }
}

/// <param name="When">Null in the last rule.</param>
public sealed record RuleDefinition(string Layer, ConditionDefinition? When, Place Place);

/// <summary>How a scheme scores recency, frequency and monetary. <paramref name="Window"/> as written, for example <c>90d</c> or <c>all</c>.</summary>
public sealed record RfmDefinition(
    string Window, DimensionDefinition Recency, DimensionDefinition Frequency, DimensionDefinition Monetary, Place Place)
{
    /// <summary>How far a score must exceed the mean score to be high, in thousandths of a score.</summary>
    public int HighMargin { get; init; } = Margins.Default.High;
}

/// <param name="Bands">
/// Null: scored by rank. Else four bounds as written, best first for recency (<c>5d, 10d, 20d, 40d</c>: within 5 days scores 5), and
/// best first for the others (<c>15, 10, 5, 2</c>: 15 or more scores 5).
/// </param>
/// <param name="Window">A window of its own for a banded dimension; null: the scheme's.</param>
public sealed record DimensionDefinition(IReadOnlyList<string>? Bands, string? Window, Place Place)
{
    /// <summary>How a dimension without bands is scored.</summary>
    public ScoreMode Mode { get; init; }
}
