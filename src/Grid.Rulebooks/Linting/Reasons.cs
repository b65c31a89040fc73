using Grid.Model.Schemes.Definitions;

namespace Grid.Rulebooks.Linting;

/// <summary>Why a condition never or always holds, as a main clause without its full stop.</summary>
/// <param name="Place">The place of the part that explains it best.</param>
/// <param name="IsGroup">Several parts contradict each other; each alone is fine.</param>
internal sealed record Reason(Place Place, LocalizedText Text, bool IsGroup);

internal sealed class Reasons(ConstraintModel model)
{
    /// <summary>The smallest set of parts that contradict each other; for alternatives, one reason each.</summary>
    /// <param name="part">A condition that never holds.</param>
    public IReadOnlyList<Reason> Never(Part part)
    {
        switch (part.Joining)
        {
            case Joining.Any:
                return [.. part.Parts.SelectMany(Never)];
            case Joining.Not:
                var (zh, en) = LintWords.Named(part.Parts[0], part.Place);
                return [new Reason(part.Place, new LocalizedText($"{zh}永远成立，而这里要求相反", $"{en} always holds, and this asks for the opposite"), false)];
            case Joining.Comparison:
                return [Alone(part, "永远不成立", "never holds")];
        }

        var core = Fewest(part.Parts);
        if (core.Count == 1) return Never(core[0]);
        var place = core[^1].Place;
        var parts = LintWords.List([.. core.Select(one => LintWords.Named(one, place))]);
        return [new Reason(place, new LocalizedText($"{parts.Zh}不可能同时成立", $"{parts.En} never hold together"), true)];
    }

    /// <param name="part">A condition that always holds.</param>
    public static Reason Always(Part part) => part.Joining == Joining.Comparison
        ? Alone(part, "永远成立", "always holds")
        : new Reason(part.Place, new LocalizedText("这个条件永远成立", "This condition always holds"), false);

    private static Reason Alone(Part part, string zh, string en)
    {
        var text = LintWords.Quoted(part.Text);
        var range = part.Readings.Count == 1 ? LintWords.Range(part.Readings[0]) : LintWords.Nothing;
        return new Reason(part.Place, new LocalizedText($"{text.Zh}{zh}{range.Zh}", $"{text.En} {en}{range.En}"), false);
    }

    /// <summary>Removes one part after the other as long as the rest still contradicts itself.</summary>
    private List<Part> Fewest(IReadOnlyList<Part> parts)
    {
        List<Part> core = [.. parts];
        foreach (var part in parts)
        {
            var rest = core.Where(other => !ReferenceEquals(other, part)).ToList();
            if (rest.Count > 0 && model.IsImpossible(rest.Select(other => other.Formula))) core = rest;
        }

        return core;
    }
}
