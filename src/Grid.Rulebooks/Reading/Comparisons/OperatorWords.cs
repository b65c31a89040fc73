using Grid.Model.Schemes.Definitions;

namespace Grid.Rulebooks.Reading.Comparisons;

/// <summary>The operators, and what the user probably meant by other spellings.</summary>
internal static class OperatorWords
{
    public const string Known = "The operators are >=, <=, >, <, =, !=, in, has and lacks.";

    public const string KnownChinese = "运算符有 >=、<=、>、<、=、!=、in、has 和 lacks。";

    public static Operator? Parse(Token token) => (token.Kind, token.Text) switch
    {
        (TokenKind.Symbol, ">=") => Operator.AtLeast,
        (TokenKind.Symbol, "<=") => Operator.AtMost,
        (TokenKind.Symbol, ">") => Operator.Greater,
        (TokenKind.Symbol, "<") => Operator.Less,
        (TokenKind.Symbol, "=") => Operator.Equal,
        (TokenKind.Symbol, "!=") => Operator.NotEqual,
        (TokenKind.Word, "in") => Operator.In,
        (TokenKind.Word, "has") => Operator.Has,
        (TokenKind.Word, "lacks") => Operator.Lacks,
        _ => null,
    };

    /// <summary>Null when the meaning is unclear.</summary>
    public static LocalizedText? Advice(Token token)
    {
        var meant = token.Text.ToLowerInvariant() switch
        {
            "==" or "===" or "is" or "eq" or "equals" => "=",
            "=>" or "≥" or "gte" or "ge" => ">=",
            "=<" or "≤" or "lte" or "le" => "<=",
            "<>" or "≠" or "!==" or "isnt" or "ne" => "!=",
            "gt" => ">",
            "lt" => "<",
            "contains" or "includes" => "has",
            "excludes" => "lacks",
            "not" => "lacks, != or \"not: …\" around the comparison",
            "between" => "two comparisons under \"all:\"",
            _ => null,
        };
        return meant is null ? null : new LocalizedText($"“{token.Text}”不是运算符；请写 {Chinese(meant)}。", $"\"{token.Text}\" is no operator; write {meant}.");
    }

    private static string Chinese(string meant) => meant switch
    {
        "lacks, != or \"not: …\" around the comparison" => "lacks、!=，或用“not: …”包住这个比较",
        "two comparisons under \"all:\"" => "“all:”下面的两个比较",
        _ => meant,
    };
}
