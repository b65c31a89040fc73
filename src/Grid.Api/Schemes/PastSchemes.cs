using Grid.Api.Parameters;
using Grid.Grains;
using Grid.Grains.Calls;
using Grid.Model;
using Grid.Model.Evaluation;
using Grid.Model.Schemes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Grid.Api.Schemes;

/// <summary>
/// Schemes that a later rulebook has removed. Their history is in the log and in their segment and can be queried. Their layers have no members any
/// more, so queries for members are refused.
/// </summary>
internal static class PastSchemes
{
    /// <summary>Whether the scheme is in force, or was under an earlier rulebook.</summary>
    public static bool HasEver(this Rules rules, string scheme) => rules.Rulebook.Find(scheme) is not null || LastOf(rules, scheme) is not null;

    /// <summary>Whether any rulebook had such a layer, of one scheme or of any.</summary>
    public static bool HasEverLayer(this Rules rules, string? scheme, string layer) =>
        rules.Layouts.Values.SelectMany(layout => layout.Schemes)
            .Any(known => (scheme is null || known.Id == scheme) && known.Layers.Contains(layer));

    /// <summary>404: the scheme was removed, or there never was one.</summary>
    public static ProblemHttpResult Missing(Rules rules, string scheme) =>
        LastOf(rules, scheme) is { } last && rules.Rulebook.Find(scheme) is null
            ? Problems.Removed(Problems.Scheme, Parameter.Shown(scheme), RemovedBy(rules, last))
            : Problems.Unknown(Problems.Scheme, Parameter.Shown(scheme));

    /// <summary>The scheme as in force, else as in the last rulebook that had it; null when no rulebook had it.</summary>
    public static async Task<Scheme?> Find(Rules rules, string scheme, IGrainFactory grains, GrainCalls calls, Currency currency)
    {
        if (rules.Rulebook.Find(scheme) is { } found) return found;
        if (LastOf(rules, scheme) is not { } last) return null;
        var history = await calls.Call(grains.Rules(), static rules => rules.History());
        return history.FirstOrDefault(published => published.Number == last)?.ToRulebook(currency).Find(scheme);
    }

    private static int? LastOf(Rules rules, string scheme) =>
        rules.Layouts.Values.Where(layout => layout.Schemes.Any(known => known.Id == scheme)).Select(layout => (int?)layout.Number).Max();

    private static int RemovedBy(Rules rules, int last) => rules.Layouts.Keys.Where(number => number > last).Min();
}
