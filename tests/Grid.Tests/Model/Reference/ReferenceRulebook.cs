using Grid.Model.Schemes.Definitions;

namespace Grid.Tests.Model.Reference;

/// <summary>The content of a rulebook's files.</summary>
internal sealed record ReferenceRulebook(
    IReadOnlyList<SchemeDefinition> Schemes, IReadOnlyList<TagDefinition> Tags, PointsDefinition? Points);
