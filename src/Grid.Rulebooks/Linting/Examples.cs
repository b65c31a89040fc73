using Grid.Model.Schemes.Definitions;

namespace Grid.Rulebooks.Linting;

/// <summary>Example customers that prove a message.</summary>
internal sealed class Examples(ConstraintModel model, IReadOnlyList<LintedRule> rules)
{
    /// <summary>A customer for whom the formulas hold; null when none was found in time.</summary>
    public IReadOnlyList<long>? Find(params IEnumerable<Formula> formulas) => (model.Find(formulas) as Satisfiable)?.Values;

    /// <summary>The first rule that holds for a customer; null when none does.</summary>
    public LintedRule? Taker(IReadOnlyList<long> customer) => rules.FirstOrDefault(rule => rule.Formula.Holds(customer));

    /// <summary>The customer by the metrics of some rules, for example <c>a customer with orders = 3</c>.</summary>
    /// <param name="about">Rules whose metrics are listed.</param>
    /// <param name="passed">Rules that do not hold for the customer; their metrics are listed where the listed ones do not determine that.</param>
    public LocalizedText Describe(IReadOnlyList<long> customer, IEnumerable<LintedRule> about, IEnumerable<LintedRule> passed)
    {
        List<Reading> told = [.. about.SelectMany(rule => rule.Readings)];
        foreach (var rule in passed)
        {
            var known = told.Select(reading => reading.Variable.Is(IntervalSet.Only(customer[reading.Variable.Index])));
            if (!model.IsImpossible([.. known, rule.Formula])) told.AddRange(rule.Readings);
        }

        var words = told.Select(reading => reading.SayOf(customer)).Distinct().ToList();
        return words.Count == 0
            ? new LocalizedText("任何一位用户", "any customer")
            : new LocalizedText(
                $"一位 {string.Join("、", words.Select(word => word.Zh))} 的用户",
                $"a customer with {string.Join(", ", words.Select(word => word.En))}");
    }
}

/// <param name="when">Null for a rule without a condition.</param>
internal sealed class LintedRule(RuleDefinition definition, Part? when)
{
    public RuleDefinition Definition => definition;

    public Part? When => when;

    public Formula Formula { get; } = when?.Formula ?? Formula.True;

    public IEnumerable<Reading> Readings => when?.AllReadings ?? [];

    public int Line => Definition.Place.Line;
}
