using Grid.Model.Metrics;
using Grid.Model.Schemes;
using Grid.Model.Time;

namespace Grid.Rulebooks.Linting;

/// <summary>The variables of one scheme and the relations between them. A relation is stated only where no possible facts break it.</summary>
internal sealed class ConstraintModel
{
    /// <summary>The limit of all searches together, some seconds. A scheme that needs more is not checked completely.</summary>
    private const int StepsMax = 2_000_000;

    private readonly Dictionary<string, Variable> _byKey = [];
    private readonly List<Variable> _variables = [];
    private readonly List<Relation> _relations = [];
    private readonly List<Formula> _laws = [];
    private int _stepsLeft = StepsMax;

    public Variable Of(string key, IntervalSet possible, ValueKind kind)
    {
        if (_byKey.TryGetValue(key, out var known)) return known;
        var variable = new Variable(_variables.Count, key, possible, kind);
        _variables.Add(variable);
        _byKey.Add(key, variable);
        return variable;
    }

    public void State(Relation relation) => _relations.Add(relation);

    public void State(params Formula[] alternatives) => _laws.Add(new Either(alternatives));

    /// <summary>Searches for a customer for whom all of these formulas hold.</summary>
    public SolverResult Find(params IEnumerable<Formula> formulas)
    {
        var steps = Math.Min(_stepsLeft, Solver.StepsMax);
        var solver = new Solver(_variables, _relations, steps);
        var finding = solver.Find(formulas.Concat(_laws));
        _stepsLeft -= steps - solver.StepsLeft;
        return finding;
    }

    public bool IsImpossible(params IEnumerable<Formula> formulas) => Find(formulas) is Unsatisfiable;

    /// <summary>In milliseconds; <see cref="Metric.Infinite"/> for all time.</summary>
    public static long Length(Window window) =>
        window.IsAll ? Metric.Infinite : WindowSyntax.Milliseconds(window.Text.Split(' ')[0])
            ?? throw new ArgumentException($"The window '{window}' is not written as a length.", nameof(window));
}
