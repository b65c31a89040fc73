using Grid.Model.Baselines;

namespace Grid.Model.Schemes.Definitions;

/// <summary>A rule of a derived tag, as parsed from its file. Exactly one of <paramref name="When"/> and <paramref name="Each"/> is set.</summary>
/// <param name="Tag">The tag's name; the name of a family ends with <c>*</c>, the placeholder of the value: <c>bought:*</c>.</param>
/// <param name="When">The tag holds exactly while this does.</param>
/// <param name="Each">One tag for each value that this gives.</param>
/// <param name="Calendar">An IANA zone: windows are counted in its local days. Null: rolling windows.</param>
public sealed record TagDefinition(
    string Tag, LocalizedText Name, ConditionDefinition? When, EachDefinition? Each, string? Calendar, Place Place)
{
    /// <summary>The margin of the cut-offs that the condition reads, in thousandths of a share; see <see cref="Margins"/>.</summary>
    public int CutMargin { get; init; } = Margins.Default.Cut;
}

/// <param name="Source">One of <see cref="TagFamily.Sources"/>.</param>
/// <param name="Window">As written; null: for all time.</param>
/// <param name="AtLeast">How often, at the least.</param>
public sealed record EachDefinition(string Source, string? Window, int AtLeast, Place Place);

/// <summary>The rules for points, as parsed from their file.</summary>
/// <param name="Orders">Points for each full amount of net spend; null: none.</param>
/// <param name="Interactions">Points for one interaction, by kind.</param>
public sealed record PointsDefinition(
    OrderPointsDefinition? Orders, IReadOnlyList<(string Kind, int Points)> Interactions, Place Place);

/// <param name="Each">An amount in major units, as written.</param>
public sealed record OrderPointsDefinition(string Each, int Points, Place Place);
