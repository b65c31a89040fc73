using Grid.Model.Schemes.Definitions;

namespace Grid.Rulebooks.Reading;

/// <summary>Guesses the intended spelling of a mistyped word.</summary>
internal static class NearestWord
{
    /// <summary>A clause such as <c>; did you mean "layers"?</c>, or a full stop when no word is near.</summary>
    public static LocalizedText Clause(string written, IEnumerable<string> known) =>
        Find(written, known) is { } near ? new LocalizedText($"；是不是“{near}”？", $"; did you mean \"{near}\"?") : new LocalizedText("。", ".");

    public static string? Find(string written, IEnumerable<string> known)
    {
        string? nearest = null;
        var least = Math.Min(3, 1 + (written.Length / 2));
        foreach (var word in known)
        {
            var distance = Math.Abs(word.Length - written.Length) >= least ? least : Distance(written, word);
            if (distance < least)
            {
                (nearest, least) = (word, distance);
            }
        }

        return nearest;
    }

    /// <summary>Letters to insert, delete or replace, ignoring case.</summary>
    private static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        var current = new int[right.Length + 1];
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = previous[j - 1] + (char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1);
                current[j] = Math.Min(replaced, 1 + Math.Min(previous[j], current[j - 1]));
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
