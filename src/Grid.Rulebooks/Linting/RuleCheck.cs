using Grid.Model.Schemes.Definitions;

namespace Grid.Rulebooks.Linting;

/// <summary>Finds the rules that no customer reaches, and explains why.</summary>
internal sealed class RuleCheck(ConstraintModel model, IReadOnlyList<LintedRule> rules, Reasons reasons, PartCheck parts, List<Diagnostic> diagnostics)
{
    private readonly Examples _examples = new(model, rules);
    private readonly List<LintedRule> _reached = [];
    private readonly List<LintedRule> _contradictory = [];
    private readonly List<LintedRule> _shadowed = [];

    public void Check()
    {
        // The first rule that every remaining customer satisfies; in a correct scheme that is the last one.
        var end = rules.FirstOrDefault(rule => rule.When is null || model.IsImpossible(rule.Formula.Negated())) ?? rules[^1];
        var last = rules.TakeWhile(rule => rule != end).Count();
        foreach (var rule in rules.Take(last + 1)) Sort(rule);

        foreach (var rule in _contradictory) TellContradiction(rule);
        foreach (var rule in _shadowed) TellShadow(rule);
        if (last < rules.Count - 1) TellEarlyEnd(end, [.. rules.Skip(last + 1)]);
        else if (end.When is not null) TellMissingEnd(end.When);
        foreach (var rule in _reached)
            if (rule.When is not null && (rule != end || last == rules.Count - 1))
                parts.Check(rule.When);
    }

    private void Sort(LintedRule rule)
    {
        if (rule.When is not null && model.IsImpossible(rule.Formula)) _contradictory.Add(rule);
        else if (IsTaken(rule, _reached)) _shadowed.Add(rule);
        else _reached.Add(rule);
    }

    private bool IsTaken(LintedRule rule, IEnumerable<LintedRule> above) =>
        model.IsImpossible(above.Select(other => other.Formula.Negated()).Append(rule.Formula));

    private LocalizedText NobodyIn(params IEnumerable<LintedRule> lost) => LintWords.NobodyIn(
        [.. lost.Select(rule => rule.Definition.Layer).Except(_reached.Select(rule => rule.Definition.Layer)).Distinct()]);

    private void TellContradiction(LintedRule rule)
    {
        var nobody = NobodyIn(rule);
        foreach (var (place, text, isGroup) in reasons.Never(rule.When!))
        {
            var (zh, en) = isGroup
                ? new LocalizedText("请修改其中之一；如果满足其一即可，请改用 any 连接。", "Mend one of them, or join them with any if either is enough.")
                : new LocalizedText("请修改条件，或删除这条规则。", "Mend the condition, or remove the rule.");
            diagnostics.Add(new Diagnostic(
                place, $"{text.Zh}，所以没有用户会进入这条规则{nobody.Zh}。{zh}", $"{text.En}, so no customer comes to this rule{nobody.En}. {en}"));
        }
    }

    private void TellShadow(LintedRule rule)
    {
        var above = rules.TakeWhile(other => other != rule).Where(_reached.Contains).ToList();
        var core = above.LastOrDefault(other => IsTaken(rule, [other])) is { } one ? [one] : Fewest(rule, above);
        var takers = LintWords.Rules(core);
        var nobody = NobodyIn(rule);
        var example = TakenAbove(rule);
        var (zh, en) = rule.When is null
            ? new LocalizedText(
                "请收窄其中之一；如果它们本来就要收走所有人，请删除这条规则，并去掉其中最后一条的条件。",
                "Narrow one of them; or, if they are meant to take everyone, remove this rule and the condition of the last of them.")
            : new LocalizedText("请把这条规则移到前面、收窄前面的规则，或删除这条规则。", "Move this rule up, narrow what stands above, or remove this rule.");
        var take = core.Count == 1 ? "takes" : "take";
        diagnostics.Add(new Diagnostic(
            rule.Definition.When?.Place ?? rule.Definition.Place,
            $"没有用户会进入这条规则{nobody.Zh}：他们全部先被{takers.Zh}收走。{example.Zh}{zh}",
            $"No customer comes to this rule{nobody.En}: {takers.En} {take} all of them first. {example.En}{en}"));
    }

    /// <summary>An example customer that satisfies the rule, with the rule above that takes it first.</summary>
    private LocalizedText TakenAbove(LintedRule rule)
    {
        if (_examples.Find(rule.Formula) is not { } customer || _examples.Taker(customer) is not { } taker) return LintWords.Nothing;
        var (zh, en) = _examples.Describe(customer, [rule, taker], rules.TakeWhile(other => other != taker));
        var (line, layer) = (taker.Line, taker.Definition.Layer);
        return new LocalizedText(
            $"例如，{zh}，已被第 {line} 行的规则收进层级“{layer}”。",
            $"For example {en} is already taken by the rule in line {line} (layer \"{layer}\"). ");
    }

    private void TellEarlyEnd(LintedRule end, IReadOnlyList<LintedRule> below)
    {
        var nobody = NobodyIn(below);
        var example = TakenHere(end, below);
        if (end.When is null)
        {
            diagnostics.Add(new Diagnostic(
                end.Definition.Place,
                $"没有“when”的规则永远成立，所以它下面的规则永远不起作用{nobody.Zh}。{example.Zh}请给它加上条件，或把它移到最后。",
                $"A rule without \"when\" always holds, so no rule after it ever decides{nobody.En}. {example.En}"
                + "Add a condition or move it to the end."));
            return;
        }

        var (place, (zh, en), _) = Reasons.Always(end.When);
        diagnostics.Add(new Diagnostic(
            place,
            $"{zh}，所以走到这条规则的用户全部被收走，它下面的规则永远不起作用{nobody.Zh}。{example.Zh}请修改条件，或删除下面的规则。",
            $"{en}, so this rule takes everyone who comes to it and no rule after it ever decides{nobody.En}. {example.En}"
            + "Mend the condition, or remove the rules after it."));
    }

    /// <summary>An example customer that a later rule was written for and that reaches this rule; empty when there is none.</summary>
    private LocalizedText TakenHere(LintedRule end, IReadOnlyList<LintedRule> below)
    {
        var passed = _reached.Where(rule => rule != end).ToList();
        foreach (var meant in below.Where(rule => rule.When is not null))
        {
            if (_examples.Find(passed.Select(rule => rule.Formula.Negated()).Append(meant.Formula)) is not { } customer) continue;
            var (zh, en) = _examples.Describe(customer, [meant], passed);
            return new LocalizedText(
                $"例如，{zh}，本该由第 {meant.Line} 行的规则处理，却已在这里被收走。",
                $"For example {en}, for whom the rule in line {meant.Line} is written, is already taken here. ");
        }

        return LintWords.Nothing;
    }

    private void TellMissingEnd(Part last)
    {
        var left = _examples.Find(rules.Select(rule => rule.Formula.Negated()));
        var (zh, en) = left is null ? LintWords.Nothing : _examples.Describe(left, [], rules);
        diagnostics.Add(new Diagnostic(
            last.Place,
            $"最后一条规则收走上面都没有收走的用户，不带“when”。请去掉它，或在后面加一条不带“when”的规则。{(left is null ? "" : $"否则，{zh}，不在任何层级。")}",
            "The last rule takes everyone whom no rule above took and has no \"when\"; remove it or add a rule without one."
            + (left is null ? "" : $" As it is, {en} is in no layer.")));
    }

    private List<LintedRule> Fewest(LintedRule rule, List<LintedRule> above)
    {
        var core = above;
        foreach (var other in above)
        {
            var rest = core.Where(one => one != other).ToList();
            if (IsTaken(rule, rest)) core = rest;
        }

        return core;
    }
}
