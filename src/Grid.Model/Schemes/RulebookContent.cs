namespace Grid.Model.Schemes;

/// <summary>The content of a rulebook without its number: schemes with the audiences after them, derived tags, point rules.</summary>
public sealed record RulebookContent(IReadOnlyList<Scheme> Schemes, TagRules Tags, PointRules Points);
