using Grid.Model;
using Grid.Rulebooks.Compiling;

namespace Grid.Grains.Rules;

/// <summary>
/// The rulebooks compiled last. A publication compiles the same files several times (to check them, for their layout, their measures, and
/// to adopt them), and compiling takes some hundred milliseconds.
/// </summary>
internal static class CompiledRulebooks
{
    private static readonly Lock Gate = new();

    // The newest last.
    private static readonly List<((string Files, string Currency, string How) Key, RulebookResult Result)> Kept = [];

    /// <param name="files">The key that <see cref="RulebookFiles.KeyOf"/> gives the files.</param>
    /// <param name="how">The other inputs of the result.</param>
    public static RulebookResult GetOrCompile(string files, Currency currency, string how, Func<RulebookResult> compile)
    {
        var key = (files, currency.ToString()!, how);
        lock (Gate)
        {
            var known = Kept.FindIndex(kept => kept.Key == key);
            if (known >= 0) return Kept[known].Result;
        }

        var result = compile();
        lock (Gate)
        {
            if (Kept.Count == GridLimits.CompiledRulebooksKeptMax) Kept.RemoveAt(0);
            Kept.Add((key, result));
        }

        return result;
    }
}
