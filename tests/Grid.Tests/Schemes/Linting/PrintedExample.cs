using Grid.Model.Schemes.Definitions;

namespace Grid.Tests.Schemes.Linting;

/// <summary>The customer in a message, and the line of the rule that decides for it according to the message; null when no rule does.</summary>
internal sealed record PrintedExample(IReadOnlyList<string> Words, int? Line)
{
    private const string Elsewhere = " is already taken by the rule in line ";

    /// <summary>Null when the message has no example.</summary>
    public static PrintedExample? Parse(Diagnostic fault)
    {
        var text = fault.Text.En;
        if (WordsBefore(Elsewhere, text) is { } taken)
            return new PrintedExample(taken, int.Parse(text.Split(Elsewhere)[1].Split(' ')[0]));
        if (WordsBefore(", for whom the rule in line ", text) is { } here) return new PrintedExample(here, fault.Place.Line);
        return WordsBefore(" is in no layer", text) is { } nowhere ? new PrintedExample(nowhere, null) : null;
    }

    private static string[]? WordsBefore(string end, string text)
    {
        const string begin = "a customer with ";
        var (first, last) = (text.IndexOf(begin, StringComparison.Ordinal), text.IndexOf(end, StringComparison.Ordinal));
        return first < 0 || last < 0 ? null : text[(first + begin.Length)..last].Split(", ");
    }
}
