using System.Diagnostics.CodeAnalysis;
using Grid.Model;
using Grid.Model.Customers;
using Grid.Model.Metrics;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Conditions;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;
using Grid.Rulebooks.Reading.Comparisons;

namespace Grid.Rulebooks.Compiling;

/// <summary>Compiles the metrics and windows of a query exactly as a condition of the scheme would.</summary>
public sealed class QueryVocabulary
{
    private readonly Vocabulary _vocabulary;
    private readonly LocalDays? _calendar;

    /// <param name="scheme">A scheme of the rulebook.</param>
    /// <param name="rulebook">The rulebook whose point rules the metrics of points use.</param>
    /// <param name="currency">The currency of amounts.</param>
    public QueryVocabulary(Scheme scheme, Rulebook rulebook, Currency currency)
    {
        _calendar = scheme.Definition.Calendar is { } zone ? new LocalDays(zone) : null;
        _vocabulary = new Vocabulary(_calendar, scheme.Rfm, currency, rulebook.Points);
    }

    /// <summary>The names that a metric may begin with.</summary>
    public static IEnumerable<string> MetricNames => Vocabulary.MetricNames.Where(name => name != "topPercent");

    /// <summary>The names that a favourite may begin with.</summary>
    public static IReadOnlyList<string> FavouriteNames { get; } = ["favouriteCategory", "favouriteChannel", "favouriteSeason"];

    /// <param name="text">For example <c>90d</c> or <c>all</c>; whole days where the scheme has a calendar.</param>
    /// <param name="window">The window.</param>
    /// <param name="diagnostic">The mistake in the text, when the result is false.</param>
    public bool TryWindow(string text, [NotNullWhen(true)] out Window? window, [NotNullWhen(false)] out LocalizedText? diagnostic) =>
        Try(() => WindowSyntax.Window(text, _calendar), out window, out diagnostic);

    /// <param name="text">For example <c>recencyDays</c> or <c>orders(90d)</c>.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="diagnostic">The mistake in the text, when the result is false.</param>
    public bool TryMetric(string text, [NotNullWhen(true)] out Metric? metric, [NotNullWhen(false)] out LocalizedText? diagnostic)
    {
        var tokens = ComparisonTokens.Split(text);
        if (tokens[0].Kind != TokenKind.Word || Arguments(tokens) is not { } arguments)
        {
            (metric, diagnostic) = (null, new LocalizedText($"“{text}”不是指标；请写成 orders(90d) 这样", $"'{text}' is no metric; write for example orders(90d)"));
            return false;
        }

        return Try(() => _vocabulary.Metric(tokens[0].Text, arguments), out metric, out diagnostic);
    }

    /// <param name="text">For example <c>favouriteCategory</c> or <c>favouriteSeason(365d)</c>.</param>
    /// <param name="favourite">A condition that gives the customer's favourite; it has no values to compare with.</param>
    /// <param name="diagnostic">The mistake in the text, when the result is false.</param>
    public bool TryFavourite(string text, [NotNullWhen(true)] out FavouriteCondition? favourite, [NotNullWhen(false)] out LocalizedText? diagnostic)
    {
        var tokens = ComparisonTokens.Split(text);
        if (!FavouriteNames.Contains(tokens[0].Text) || Arguments(tokens) is not { Count: <= 1 } arguments)
        {
            favourite = null;
            diagnostic = new LocalizedText(
                $"“{text}”不是最常购买的品类、渠道或季节；请写成 favouriteCategory(365d) 这样", $"'{text}' is no favourite; write for example favouriteCategory(365d)");
            return false;
        }

        var what = Enum.Parse<FavouriteOf>(tokens[0].Text["favourite".Length..]);
        return Try(
            () => new FavouriteCondition(
                what,
                arguments.Count == 0 ? Window.All : WindowSyntax.Window(arguments[0], _calendar),
                _calendar ?? LocalDays.Utc,
                [],
                true,
                text),
            out favourite,
            out diagnostic);
    }

    /// <summary>The text between the parentheses; empty without parentheses, null when they are malformed.</summary>
    private static List<string>? Arguments(IReadOnlyList<Token> tokens)
    {
        var arguments = new List<string>();
        if (tokens[1].Kind == TokenKind.End) return arguments;
        if (tokens[1].Kind != TokenKind.Open) return null;
        for (var index = 2; index + 1 < tokens.Count; index += 2)
        {
            if (tokens[index].Kind is not (TokenKind.Word or TokenKind.Quoted)) return null;
            arguments.Add(tokens[index].Text);
            if (tokens[index + 1].Kind == TokenKind.Close) return tokens[index + 2].Kind == TokenKind.End ? arguments : null;
            if (tokens[index + 1].Kind != TokenKind.Comma) return null;
        }

        return null;
    }

    private static bool Try<T>(Func<T> read, [NotNullWhen(true)] out T? value, [NotNullWhen(false)] out LocalizedText? diagnostic)
        where T : class
    {
        try
        {
            (value, diagnostic) = (read(), null);
            return true;
        }
        catch (VocabularyException wrong)
        {
            (value, diagnostic) = (null, wrong.Text);
            return false;
        }
    }
}
