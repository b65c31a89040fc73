using Grid.Model.Schemes.Definitions;

namespace Grid.Tests.Model.Reference;

/// <summary>Everything the files of a rulebook say.</summary>
internal sealed record ReferenceRulebook(
    IReadOnlyList<SchemeDefinition> Schemes, IReadOnlyList<TagDefinition> Tags, PointsDefinition? Points);
