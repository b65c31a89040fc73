using Grid.Model.Schemes.Definitions;

namespace Grid.Rulebooks.Linting;

/// <summary>Warns of parts of a condition that change nothing, in rules that customers reach.</summary>
internal sealed class PartCheck(ConstraintModel model, Reasons reasons, List<Diagnostic> warnings)
{
    /// <param name="part">A condition that holds for some customers and not for others.</param>
    public void Check(Part part)
    {
        if (part.Top is { PerMille: 1000 }) WarnOfEverybody(part);
        List<Part> useful = [];
        foreach (var inner in part.Parts)
        {
            if (model.IsImpossible(inner.Formula)) reasons.Never(inner).ToList().ForEach(WarnOfUseless);
            else if (model.IsImpossible(inner.Formula.Negated())) WarnOfUseless(Reasons.Always(inner));
            else useful.Add(inner);
        }

        if (part.Joining is Joining.All or Joining.Any) WarnOfRepetition(part.Joining, useful);
        useful.ForEach(Check);
    }

    private void WarnOfUseless(Reason reason) => warnings.Add(new Diagnostic(
        reason.Place,
        $"{reason.Text.Zh}，所以这一部分不起作用。请修改或删除它。",
        $"{reason.Text.En}, so this part changes nothing. Mend or remove it."));

    private void WarnOfEverybody(Part part)
    {
        var (zh, en) = LintWords.Quoted(part.Text);
        warnings.Add(new Diagnostic(
            part.Place,
            $"100% 就是时间窗内所有下过单的用户，{zh}没有挑出任何人。请写更小的比例，或改写为“orders >= 1”。",
            $"100% is everyone with an order in the window, so {en} singles out nobody. Write a smaller share, or \"orders >= 1\" instead."));
    }

    /// <summary>Warns of two bounds on one metric when the values of one contain all values of the other.</summary>
    private void WarnOfRepetition(Joining joining, List<Part> parts)
    {
        for (var index = 0; index < parts.Count; index++)
        {
            for (var other = 0; other < parts.Count; other++)
            {
                if (index == other || parts[index].Formula is not Literal mine || parts[other].Formula is not Literal theirs
                    || mine.Variable != theirs.Variable)
                    continue;
                var (narrow, wide) = joining == Joining.All ? (theirs, mine) : (mine, theirs);
                var isSame = Within(wide, narrow);
                if (!Within(narrow, wide) || (isSame && other > index)) continue;
                var idle = parts[index];
                var (zh, en) = LintWords.Named(parts[other], idle.Place);
                warnings.Add(new Diagnostic(
                    idle.Place,
                    $"已经有了{zh}，“{idle.Text}”不起作用。请删除其中一个，或检查数值。",
                    $"Beside {en} the condition \"{idle.Text}\" changes nothing. Remove one of them, or check the bounds."));
                break;
            }
        }
    }

    private static bool Within(Literal narrow, Literal wide) =>
        narrow.Values.Intersect(narrow.Variable.Possible).IsWithin(wide.Values);
}
