using Grid.Model.Schemes.Definitions;
using Grid.Rulebooks.Reading.Sources;

namespace Grid.Rulebooks.Reading.Comparisons;

/// <summary>
/// Parses one comparison: <c>metric[(argument {, argument})] operator value</c>, or <c>… in [value {, value}]</c>. It reports only the first mistake,
/// with its column; later mistakes would only follow from it.
/// </summary>
internal sealed class ComparisonParser(SourceScalar scalar, DiagnosticBag diagnostics)
{
    private const string Example = "\"orders(90d) >= 2\"";
    private readonly IReadOnlyList<Token> _tokens = ComparisonTokens.Split(scalar.Text);
    private int _next;

    private Token Current => _tokens[_next];

    public ComparisonDefinition? Parse()
    {
        var metric = Current;
        if (metric.Kind != TokenKind.Word || !IsMetricName(metric.Text))
        {
            return Fail(
                metric,
                $"比较以指标名称开头；现在是{FoundChinese(metric)}。例如 {Example}。",
                $"A comparison begins with the name of a metric; found {Found(metric)}. Write for example {Example}.");
        }

        _next++;
        if (ReadArguments() is not { } arguments)
        {
            return null;
        }

        var sign = Current;
        if (OperatorWords.Parse(sign) is not { } comparison)
        {
            return Fail(sign, OperatorWords.Advice(sign) ?? new LocalizedText(
                $"缺少运算符；现在是{FoundChinese(sign)}。{OperatorWords.KnownChinese}",
                $"An operator is missing; found {Found(sign)}. {OperatorWords.Known}"));
        }

        _next++;
        var values = comparison == Operator.In ? ReadList(TokenKind.OpenList, TokenKind.CloseList, "in", "[a, b]") : ReadValue(sign);
        if (values is null)
        {
            return null;
        }

        if (Current.Kind != TokenKind.End)
        {
            return Fail(Current, TrailingAdvice());
        }

        var text = Text(metric, arguments, sign, comparison, values);
        return new ComparisonDefinition(
            metric.Text, Texts(arguments), comparison, Texts(values), text, ScalarColumns.PlaceOf(scalar, metric.Index))
        {
            Quoted = [.. values.Select(value => value.Kind == TokenKind.Quoted)],
        };
    }

    private List<Token>? ReadArguments() =>
        Current.Kind == TokenKind.Open ? ReadList(TokenKind.Open, TokenKind.Close, _tokens[0].Text, "(90d)") : [];

    private List<Token>? ReadList(TokenKind open, TokenKind close, string owner, string example)
    {
        var isArguments = open == TokenKind.Open;
        if (Current.Kind != open)
        {
            Fail(
                Current,
                $"“{owner}”后面是列表；现在是{FoundChinese(Current)}。例如 trait(city-tier) in [1, 2]。",
                $"\"{owner}\" takes a list; found {Found(Current)}. Write for example \"trait(city-tier) in [1, 2]\".");
            return null;
        }

        var opening = Current;
        _next++;
        if (Current.Kind == close)
        {
            Fail(opening, isArguments
                ? new LocalizedText(
                    $"“{owner}()”的括号里是空的；请去掉括号，或写上，例如 {owner}{example}。",
                    $"\"{owner}()\" has nothing between its parentheses; leave them out or write for example \"{owner}{example}\".")
                : new LocalizedText(
                    "列表是空的，这个比较永远不会成立；请写上，例如 in [a, b]。",
                    "The list is empty, so the comparison could never hold; write for example \"in [a, b]\"."));
            return null;
        }

        List<Token> items = [];
        var itemsMax = isArguments ? SchemeFileLimits.ArgumentsMax : SchemeFileLimits.ValuesMax;
        while (true)
        {
            if (!IsValue(Current))
            {
                var space = isArguments ? "" : " ";
                Fail(
                    Current,
                    $"这里缺少值；现在是{FoundChinese(Current)}。例如 {owner}{space}{example}。",
                    $"A value is missing here; found {Found(Current)}. Write for example \"{owner}{space}{example}\".");
                return null;
            }

            if (items.Count == itemsMax)
            {
                Fail(
                    Current,
                    $"一个列表里的值超过 {itemsMax} 个；请改用标签或特征。",
                    $"More than {itemsMax} values stand in one list; use a tag or trait instead.");
                return null;
            }

            items.Add(Current);
            _next++;
            switch (Current.Kind)
            {
                case TokenKind.Comma:
                    _next++;
                    continue;
                case var kind when kind == close:
                    _next++;
                    return items;
                default:
                    Fail(
                        Current,
                        $"缺少逗号或“{(isArguments ? ")" : "]")}”；现在是{FoundChinese(Current)}。{FlowAdvice().Zh}",
                        $"A comma or \"{(isArguments ? ")" : "]")}\" is missing; found {Found(Current)}.{FlowAdvice().En}");
                    return null;
            }
        }
    }

    private List<Token>? ReadValue(Token sign)
    {
        var value = Current;
        if (value.Kind == TokenKind.OpenList)
        {
            Fail(
                value,
                $"“{sign.Text}”后面只有一个值；几个值请用 in [a, b]。",
                $"\"{sign.Text}\" takes one value; for several write \"in [a, b]\".");
            return null;
        }

        if (!IsValue(value))
        {
            Fail(
                value,
                $"“{sign.Text}”后面缺少值；现在是{FoundChinese(value)}。例如 {Example}。",
                $"A value is missing after \"{sign.Text}\"; found {Found(value)}. Write for example {Example}.");
            return null;
        }

        if (ValueWords.Advice(value, _tokens[_next + 1]) is { } advice)
        {
            Fail(value, advice);
            return null;
        }

        _next++;
        return [value];
    }

    private LocalizedText FlowAdvice() =>
        Current.Kind == TokenKind.End
            ? new LocalizedText(
                "在 YAML 的 { } 或 [ ] 里，逗号会截断比较，所以请给整个比较加上引号。",
                " Within { } or [ ] of YAML a comma ends the comparison, so put the comparison in quotes.")
            : new LocalizedText("", "");

    private LocalizedText TrailingAdvice() => Current switch
    {
        { Kind: TokenKind.Word, Text: "and" or "AND" } or { Kind: TokenKind.Symbol, Text: "&&" or "&" } =>
            new LocalizedText("一行只写一个比较；几个都要满足请用 all: [a, b]。", "Write one comparison per line; join several with \"all: [a, b]\"."),
        { Kind: TokenKind.Word, Text: "or" or "OR" } or { Kind: TokenKind.Symbol, Text: "||" or "|" } =>
            new LocalizedText("一行只写一个比较；满足其一请用 any: [a, b]。", "Write one comparison per line; join several with \"any: [a, b]\"."),
        { Kind: TokenKind.Comma } => new LocalizedText(
            "数字里不写分隔符，单个值里没有逗号；1,000 请写成 1000，几个值请用 in [a, b]。",
            "A number has no separators and one value no comma; write 1000 for 1,000, or \"in [a, b]\"."),
        _ => new LocalizedText(
            $"比较在{FoundChinese(Current)}之前就结束了；请删除它，或给由几个词组成的值加上引号。",
            $"The comparison ends before {Found(Current)}; remove it, or put a value of several words in quotes."),
    };

    private static bool IsValue(Token token) => token.Kind is TokenKind.Word or TokenKind.Quoted;

    /// <summary>Identifiers joined by dots: <c>orders</c>, <c>topPercent</c>, <c>score.r</c>.</summary>
    private static bool IsMetricName(string text)
    {
        var atStart = true;
        foreach (var character in text)
        {
            if (atStart ? !char.IsAsciiLetter(character) : !char.IsAsciiLetterOrDigit(character) && character != '.')
            {
                return false;
            }

            atStart = character == '.';
        }

        return !atStart;
    }

    private ComparisonDefinition? Fail(Token token, string zh, string en) => Fail(token, new LocalizedText(zh, en));

    private ComparisonDefinition? Fail(Token token, LocalizedText text)
    {
        var (zh, en) = token.Kind == TokenKind.Unfinished
            ? new LocalizedText($"文字 {token.Written} 没有结束；请补上引号。", $"The text {token.Written} does not end; close its quote.")
            : text;
        diagnostics.Add(ScalarColumns.PlaceOf(scalar, token.Index), zh, en);
        return null;
    }

    private static string FoundChinese(Token token) => token.Kind == TokenKind.End ? "结尾" : $"“{token.Written}”";

    private static string Found(Token token) => token.Kind == TokenKind.End ? "the end" : $"\"{token.Written}\"";

    private static string Text(
        Token metric, List<Token> arguments, Token sign, Operator comparison, List<Token> values)
    {
        var parentheses = arguments.Count == 0 ? "" : $"({Joined(arguments)})";
        var right = comparison == Operator.In ? $"[{Joined(values)}]" : values[0].Written;
        return $"{metric.Text}{parentheses} {sign.Text} {right}";
    }

    private static string Joined(List<Token> tokens) => string.Join(", ", tokens.Select(token => token.Written));

    private static List<string> Texts(List<Token> tokens) => [.. tokens.Select(token => token.Text)];
}
