using Grid.Model.Metrics;
using Grid.Model.Time;

namespace Grid.Rulebooks.Linting;

/// <summary>The result of a search for a customer.</summary>
internal abstract record SolverResult;

/// <summary>There is no such customer.</summary>
internal sealed record Unsatisfiable : SolverResult;

/// <summary>The search gave up at its limit; nothing may be concluded.</summary>
internal sealed record Unknown : SolverResult;

/// <param name="Values">The values of such a customer, one per variable.</param>
internal sealed record Satisfiable(IReadOnlyList<long> Values) : SolverResult;

/// <summary>
/// Searches for values of the variables that satisfy formulas: it propagates certain consequences, then tries one alternative after the other. It
/// answers <see cref="Unsatisfiable"/> only when every alternative ends in a contradiction.
/// </summary>
internal sealed class Solver
{
    /// <summary>The limit on formulas and relations that one search evaluates.</summary>
    public const int StepsMax = 200_000;
    private readonly IReadOnlyList<Variable> _variables;
    private readonly IReadOnlyList<Relation> _relations;
    private int _stepsLeft;

    public Solver(IReadOnlyList<Variable> variables, IReadOnlyList<Relation> relations, int steps) =>
        (_variables, _relations, _stepsLeft) = (variables, relations, steps);

    public int StepsLeft => Math.Max(0, _stepsLeft);

    public SolverResult Find(IEnumerable<Formula> formulas) => Explore([.. _variables.Select(variable => variable.Possible)], [.. formulas]);

    private SolverResult Explore(IntervalSet[] possible, List<Formula> pending)
    {
        _stepsLeft -= pending.Count + 1;
        if (_stepsLeft < 0) return new Unknown();
        var open = Conclude(possible, pending);
        if (open is null) return _stepsLeft < 0 ? new Unknown() : new Unsatisfiable();
        if (open.Count == 0) return Choose(possible, 0);

        var branch = open.MinBy(either => either.Parts.Count)!;
        List<Formula> rest = [.. open.Where(either => !ReferenceEquals(either, branch))];
        var gaveUp = false;
        foreach (var part in branch.Parts)
        {
            var finding = Explore([.. possible], [.. rest, part]);
            if (finding is Satisfiable) return finding;
            gaveUp |= finding is Unknown;
            rest.Add(part.Negated());
        }

        return gaveUp ? new Unknown() : new Unsatisfiable();
    }

    /// <summary>The alternatives that remain after propagation; null for a contradiction, and when the limit is reached.</summary>
    private List<Either>? Conclude(IntervalSet[] possible, List<Formula> pending)
    {
        IReadOnlyList<Formula> formulas = pending;
        while (true)
        {
            List<Either> open = [];
            var changed = false;
            foreach (var formula in formulas)
                if (!Assert(formula, possible, open, ref changed))
                    return null;
            if (!Relate(possible, ref changed)) return null;
            if (!changed) return open;
            _stepsLeft -= formulas.Count + _relations.Count;
            if (_stepsLeft < 0) return null;
            formulas = open;
        }
    }

    private static bool Assert(Formula formula, IntervalSet[] possible, List<Either> open, ref bool changed)
    {
        switch (formula)
        {
            case Literal literal:
                return Narrow(possible, literal.Variable, literal.Values, ref changed);
            case Both both:
                foreach (var part in both.Parts)
                    if (!Assert(part, possible, open, ref changed))
                        return false;
                return true;
        }

        List<Formula> left = [];
        foreach (var part in ((Either)formula).Parts)
        {
            var holds = part.Holds(possible);
            if (holds == true) return true;
            if (holds is null) left.Add(part);
        }

        if (left.Count == 1) return Assert(left[0], possible, open, ref changed);
        if (left.Count > 1) open.Add(new Either(left));
        return left.Count > 0;
    }

    private static bool Narrow(IntervalSet[] possible, Variable variable, IntervalSet values, ref bool changed)
    {
        var before = possible[variable.Index];
        if (before.IsWithin(values)) return true;
        var after = before.Intersect(values);
        possible[variable.Index] = after;
        changed = true;
        return !after.IsEmpty;
    }

    /// <summary>Bounds each term of a relation by the least values of the other terms.</summary>
    private bool Relate(IntervalSet[] possible, ref bool changed)
    {
        foreach (var relation in _relations)
        {
            Int128 least = 0;
            foreach (var (variable, sign) in relation.Terms) least += Least(possible[variable.Index], sign);
            foreach (var (variable, sign) in relation.Terms)
            {
                var room = relation.Most - (least - Least(possible[variable.Index], sign));
                var values = sign > 0 ? IntervalSet.AtMost(Bounded(room)) : IntervalSet.AtLeast(Bounded(-room));
                if (!Narrow(possible, variable, values, ref changed)) return false;
            }
        }

        return true;
    }

    private static Int128 Least(IntervalSet values, int sign) => sign > 0 ? values.Min : -(Int128)values.Max;

    private static long Bounded(Int128 value) => (long)Int128.Clamp(value, long.MinValue, long.MaxValue);

    /// <summary>Sets one variable after the other to a readable value. Not every value is tried, so a failure proves nothing.</summary>
    private SolverResult Choose(IntervalSet[] possible, int index)
    {
        while (index < possible.Length && possible[index].IsSingle) index++;
        if (index == possible.Length) return new Satisfiable([.. possible.Select(values => values.Min)]);
        foreach (var value in Readable(possible[index], _variables[index].Kind))
        {
            if (--_stepsLeft < 0) return new Unknown();
            IntervalSet[] chosen = [.. possible];
            chosen[index] = IntervalSet.Only(value);
            var changed = true;
            var fits = true;
            while (fits && changed)
            {
                changed = false;
                fits = Relate(chosen, ref changed) && --_stepsLeft >= 0;
            }

            if (fits && Choose(chosen, index + 1) is Satisfiable found) return found;
        }

        return new Unknown();
    }

    private static IEnumerable<long> Readable(IntervalSet values, ValueKind kind)
    {
        var span = values.Spans.FirstOrDefault(span => span.Low <= 0 && span.High >= 0, values.Spans[0]);
        var near = span.Low < 0 ? Math.Min(0, span.High) : span.Low;
        if (kind == ValueKind.Duration && near < Variable.Large) near = Round(span with { Low = near });
        return new[] { near, values.Min, values.Max }.Distinct();
    }

    /// <summary>The least positive number of whole days in the set; else of hours, minutes or seconds; else the least value.</summary>
    private static long Round(Interval span)
    {
        foreach (var unit in (ReadOnlySpan<long>)[MillisecondsPer.Day, MillisecondsPer.Hour, MillisecondsPer.Minute, MillisecondsPer.Second])
            if (Math.Max(1, (span.Low + unit - 1) / unit) * unit is var whole && whole <= span.High)
                return whole;
        return span.Low;
    }
}
