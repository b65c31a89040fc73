namespace Grid.Model.Schemes.Definitions;

public abstract record ConditionDefinition(Place Place);

public sealed record AllDefinition(IReadOnlyList<ConditionDefinition> Conditions, Place Place) : ConditionDefinition(Place);

public sealed record AnyDefinition(IReadOnlyList<ConditionDefinition> Conditions, Place Place) : ConditionDefinition(Place);

public sealed record NotDefinition(ConditionDefinition Condition, Place Place) : ConditionDefinition(Place);

/// <summary>A comparison such as <c>orders(90d) &gt;= 2</c>, split but not typed.</summary>
/// <param name="Metric">For example <c>orders</c>, <c>score.r</c>.</param>
/// <param name="Arguments">As written between the parentheses, trimmed; empty without parentheses.</param>
/// <param name="Values">One value as written, or the several of <c>in [a, b]</c>.</param>
/// <param name="Text">The whole comparison as written, with single spaces.</param>
public sealed record ComparisonDefinition(
    string Metric, IReadOnlyList<string> Arguments, Operator Operator, IReadOnlyList<string> Values, string Text, Place Place)
    : ConditionDefinition(Place)
{
    /// <summary>Per value, whether it is written in quotes; empty when none is.</summary>
    public IReadOnlyList<bool> Quoted { get; init; } = [];

    public bool IsQuoted(int value) => value < Quoted.Count && Quoted[value];
}

public enum Operator
{
    /// <summary><c>=</c></summary>
    Equal,

    /// <summary><c>!=</c></summary>
    NotEqual,

    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&lt;=</c></summary>
    AtMost,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&gt;=</c></summary>
    AtLeast,

    /// <summary><c>in [a, b]</c></summary>
    In,

    /// <summary><c>has</c>: a set contains the value.</summary>
    Has,

    /// <summary><c>lacks</c>: a set does not contain the value.</summary>
    Lacks,
}
