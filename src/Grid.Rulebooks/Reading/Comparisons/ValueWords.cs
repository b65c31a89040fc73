using Grid.Model.Schemes.Definitions;

namespace Grid.Rulebooks.Reading.Comparisons;

/// <summary>Spellings of spans and numbers that users write and the language does not have.</summary>
internal static class ValueWords
{
    /// <summary>The correct spelling for <c>90 days</c>, <c>90天</c>, <c>2w</c>, <c>true</c>; null when the value is correct.</summary>
    public static LocalizedText? Advice(Token value, Token after)
    {
        if (value.Kind == TokenKind.Quoted)
        {
            return null;
        }

        if (value.Text is "true" or "True" or "false" or "False")
        {
            var meant = value.Text is "true" or "True" ? "yes" : "no";
            return new LocalizedText(
                $"“{value.Text}”不能作值；请写 {meant}，如果是文字请加引号。",
                $"\"{value.Text}\" is no value; write {meant}, or quotes if it is a text.");
        }

        var digits = value.Text.TakeWhile(char.IsAsciiDigit).Count();
        if (digits == 0)
        {
            return null;
        }

        var apart = digits == value.Text.Length;
        var unit = apart ? after.Kind == TokenKind.Word ? after.Text : "" : value.Text[digits..];
        var written = $"{value.Text[..digits]}{(apart ? " " : "")}{unit}";
        return Span(value.Text[..digits], unit, apart) is { } span
            ? new LocalizedText($"“{written}”不是时长；请写 {Chinese(span)}。", $"\"{written}\" is no span of time; write {span}.")
            : null;
    }

    private static string Chinese(string span) => span switch
    {
        "its days, such as 7d for a week" => "天数，例如一周是 7d",
        "its days, such as 30d for a month" => "天数，例如一个月是 30d",
        "its days, such as 365d for a year" => "天数，例如一年是 365d",
        _ => span,
    };

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
