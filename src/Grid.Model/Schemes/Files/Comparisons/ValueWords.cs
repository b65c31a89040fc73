namespace Grid.Model.Schemes.Files.Comparisons;

/// <summary>Spans and numbers that people write and the language does not.</summary>
internal static class ValueWords
{
    /// <summary>What to write instead of <c>90 days</c>, <c>90天</c>, <c>2w</c>, <c>true</c>; null when the value is fine.</summary>
    public static string? Advice(Token value, Token after)
    {
        if (value.Kind == TokenKind.Quoted)
        {
            return null;
        }

        if (value.Text is "true" or "True" or "false" or "False")
        {
            return $"\"{value.Text}\" is no value; write {(value.Text is "true" or "True" ? "yes" : "no")}, or quotes if it is a text.";
        }

        var digits = value.Text.TakeWhile(char.IsAsciiDigit).Count();
        if (digits == 0)
        {
            return null;
        }

        var apart = digits == value.Text.Length;
        var unit = apart ? after.Kind == TokenKind.Word ? after.Text : "" : value.Text[digits..];
        return Span(value.Text[..digits], unit, apart) is { } span
            ? $"\"{value.Text[..digits]}{(apart ? " " : "")}{unit}\" is no span of time; write {span}."
            : null;
    }

    private static string? Span(string count, string unit, bool apart) => unit.ToLowerInvariant() switch
    {
        "d" or "h" or "m" when apart || unit is "D" or "H" or "M" => count + unit.ToLowerInvariant(),
        "day" or "days" or "天" or "日" => count + "d",
        "hour" or "hours" or "hrs" or "小时" => count + "h",
        "minute" or "minutes" or "min" or "分钟" => count + "m",
        "w" or "week" or "weeks" or "周" => "its days, such as 7d for a week",
        "mo" or "month" or "months" or "月" or "个月" => "its days, such as 30d for a month",
        "y" or "year" or "years" or "年" => "its days, such as 365d for a year",
        _ => null,
    };
}
