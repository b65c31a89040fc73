using Grid.Model;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Conditions;
using Grid.Model.Schemes.Definitions;

namespace Grid.Rulebooks.Linting;

/// <summary>
/// Finds the rules of a scheme that can never decide, with a customer that proves it. That every customer is in exactly one layer needs no check: the
/// first rule that holds decides, so at most one does, and the last rule has no condition, so at least one does. The linter finds rules that get no
/// customers because of the rules above them or because of their own conditions.
/// </summary>
/// <remarks>No false alarms: a rule is reported as unreachable only when no possible values of its metrics reach it.</remarks>
internal sealed class Linter
{
    private readonly ConstraintModel _model = new();
    private readonly List<LintedRule> _rules;
    private readonly bool _isAudience;

    public Linter(Scheme scheme, Currency currency)
    {
        var metrics = new MetricVariables(_model, scheme, currency);
        var parts = new PartReader(metrics, new NamedVariables(_model, [.. scheme.Rules.SelectMany(rule => Leaves(rule.When))]));
        _rules = [.. scheme.Definition.Rules.Zip(scheme.Rules, (definition, rule) => Linted(definition, rule, parts))];
        metrics.StateLaws();
        _isAudience = scheme.Definition.IsAudience;
    }

    /// <summary>Mistakes that prevent a publication, and warnings of what is probably not intended; each in the order of the file.</summary>
    public (IReadOnlyList<Diagnostic> Faults, IReadOnlyList<Diagnostic> Warnings) Check()
    {
        List<Diagnostic> diagnostics = [];
        List<Diagnostic> warnings = [];
        var reasons = new Reasons(_model);
        var parts = new PartCheck(_model, reasons, warnings);
        if (_isAudience) new AudienceCheck(_model, _rules[0], reasons, parts, diagnostics).Check();
        else new RuleCheck(_model, _rules, reasons, parts, diagnostics).Check();
        return (InOrder(diagnostics), InOrder(warnings));
    }

    /// <summary>Whether no customer can reach a rule. False also when the search could not decide.</summary>
    public bool IsUnreachable(int rule) => _model.IsImpossible(Reaching(rule));

    /// <summary>The metrics of the scheme, with their values for a customer that a rule decides; null when none was found.</summary>
    public IReadOnlyList<(Reading Reading, long Value)>? Witness(int rule) =>
        (_model.Find(Reaching(rule)) as Satisfiable)?.Values is { } customer
            ? [.. _rules.SelectMany(linted => linted.Readings).Select(reading => (reading, reading.ValueOf(customer)))]
            : null;

    private static IReadOnlyList<Diagnostic> InOrder(List<Diagnostic> list) =>
        [.. list.OrderBy(diagnostic => diagnostic.Place.Line).ThenBy(diagnostic => diagnostic.Place.Column)];

    private static LintedRule Linted(RuleDefinition definition, Rule rule, PartReader parts) =>
        new(definition, definition.When is null || rule.When is null ? null : parts.Read(definition.When, rule.When));

    private static IEnumerable<Condition> Leaves(Condition? condition) => condition switch
    {
        null => [],
        All all => all.Conditions.SelectMany(Leaves),
        Any any => any.Conditions.SelectMany(Leaves),
        Not not => Leaves(not.Condition),
        _ => [condition],
    };

    private IEnumerable<Formula> Reaching(int rule) =>
        _rules.Take(rule).Select(above => above.Formula.Negated()).Append(_rules[rule].Formula);
}
