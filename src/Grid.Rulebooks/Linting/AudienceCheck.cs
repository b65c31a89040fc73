using Grid.Model.Schemes.Definitions;

namespace Grid.Rulebooks.Linting;

/// <summary>Finds audiences that contain no customer or every customer. Its messages name the audience, because no file names its layers.</summary>
internal sealed class AudienceCheck(ConstraintModel model, LintedRule rule, Reasons reasons, PartCheck parts, List<Diagnostic> diagnostics)
{
    public void Check()
    {
        var when = rule.When!;
        if (model.IsImpossible(rule.Formula)) TellEmpty(when);
        else if (model.IsImpossible(rule.Formula.Negated())) TellEverybody(Reasons.Always(when));
        else parts.Check(when);
    }

    private void TellEmpty(Part when)
    {
        foreach (var (place, text, isGroup) in reasons.Never(when))
        {
            var (zh, en) = isGroup
                ? new LocalizedText("请修改其中之一；如果满足其一即可，请改用 any 连接。", "Mend one of them, or join them with any if either is enough.")
                : new LocalizedText("请修改条件，或删除这个人群。", "Mend the condition, or remove the audience.");
            diagnostics.Add(new Diagnostic(place, $"{text.Zh}，所以这个人群里永远没有人。{zh}", $"{text.En}, so nobody is ever in this audience. {en}"));
        }
    }

    private void TellEverybody(Reason reason) => diagnostics.Add(new Diagnostic(
        reason.Place,
        $"{reason.Text.Zh}，所以所有用户都在这个人群里。请收窄条件，或删除这个人群。",
        $"{reason.Text.En}, so every customer is in this audience. Narrow the condition, or remove the audience."));
}
