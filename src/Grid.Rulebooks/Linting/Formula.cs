namespace Grid.Rulebooks.Linting;

/// <summary>A statement about a customer whose metrics are variables.</summary>
internal abstract record Formula
{
    public static readonly Formula True = new Both([]);

    public abstract Formula Negated();

    /// <summary>Whether it holds for these values, one per variable.</summary>
    public abstract bool Holds(IReadOnlyList<long> values);

    /// <summary>True when it holds for every choice of values, false when for none, null when a search must decide.</summary>
    public abstract bool? Holds(IntervalSet[] possible);
}

/// <summary>The variable has one of the values.</summary>
internal sealed record Literal(Variable Variable, IntervalSet Values) : Formula
{
    public override Formula Negated() => new Literal(Variable, Values.Complement());

    public override bool Holds(IReadOnlyList<long> values) => Values.Contains(values[Variable.Index]);

    public override bool? Holds(IntervalSet[] possible)
    {
        var values = possible[Variable.Index];
        return !values.Overlaps(Values) ? false : values.IsWithin(Values) ? true : null;
    }
}

/// <summary>All of them hold; an empty list always does.</summary>
internal sealed record Both(IReadOnlyList<Formula> Parts) : Formula
{
    public override Formula Negated() => new Either([.. Parts.Select(part => part.Negated())]);

    public override bool Holds(IReadOnlyList<long> values) => Parts.All(part => part.Holds(values));

    public override bool? Holds(IntervalSet[] possible)
    {
        bool? all = true;
        foreach (var part in Parts)
        {
            var holds = part.Holds(possible);
            if (holds == false) return false;
            if (holds is null) all = null;
        }

        return all;
    }
}

/// <summary>At least one of them holds.</summary>
internal sealed record Either(IReadOnlyList<Formula> Parts) : Formula
{
    public override Formula Negated() => new Both([.. Parts.Select(part => part.Negated())]);

    public override bool Holds(IReadOnlyList<long> values) => Parts.Any(part => part.Holds(values));

    public override bool? Holds(IntervalSet[] possible)
    {
        bool? any = false;
        foreach (var part in Parts)
        {
            var holds = part.Holds(possible);
            if (holds == true) return true;
            if (holds is null) any = null;
        }

        return any;
    }
}
