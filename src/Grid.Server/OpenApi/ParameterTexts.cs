namespace Grid.Server.OpenApi;

/// <summary>What each parameter of a route is, with a value that the route takes.</summary>
internal static class ParameterTexts
{
    private static readonly Dictionary<string, ParameterText> Common = new(StringComparer.Ordinal)
    {
        ["id"] = new("Id of a customer, as events give it.", "u1"),
        ["scheme"] = new("Id of a scheme.", "lifecycle"),
        ["schemes"] = new("Ids of schemes, separated by commas; left out: those whose members move; all: every scheme.", "lifecycle,rfm8"),
        ["layer"] = new("Ids of layers, separated by commas; left out: all.", "loyal,lost"),
        ["number"] = new("Number of a rulebook.", "1"),
        ["author"] = new("Who publishes; left out: api.", "operations"),
        ["note"] = new("Why, in a sentence.", "back to 90 days"),
        ["after"] = new("Position of an earlier answer; left out: from the start.", "0"),
        ["limit"] = new("The most items in the answer, from 1 to 1000; left out: 100.", "10"),
        ["customer"] = new("Id of a customer; left out: all.", "u1"),
        ["direction"] = new("entry, upgrade, downgrade, change or exit; left out: all.", "upgrade"),
        ["window"] = new("Window such as 30d, 90d or all; left out: 90d.", "30d"),
        ["from"] = new("Instant such as 2026-01-31T08:00:00Z.", "2026-01-31T08:00:00Z"),
        ["to"] = new("Instant such as 2026-01-31T08:00:00Z; left out: now.", "2026-02-28T08:00:00Z"),
        ["per"] = new("Length of a span: hour or day; flows take minute as well.", "day"),
        ["days"] = new("How many days ahead.", "7"),
        ["format"] = new("ndjson or csv; left out: ndjson.", "csv"),
        ["columns"] = new("Columns, separated by commas; left out: customer,layer,since.", "customer,layer,since,spend(90d)"),
        ["bom"] = new("true: csv for Excel: a byte order mark, and texts that begin like a formula are made harmless.", "true"),
        ["zone"] = new("IANA zone of csv times that are written without one; left out: UTC, and the answer says so.", "Asia/Shanghai"),
        ["strict"] = new("true: the answer lists the outcome of each item.", "true"),
    };

    /// <summary>Where the common text does not fit.</summary>
    private static readonly Dictionary<(string Path, string Name), ParameterText> OfRoute = new()
    {
        [("v1/baselines/refreeze", "scheme")] = new("Id of a scheme whose cut-offs are frozen.", "value-frozen"),
        [("v1/transitions", "scheme")] = new("Id of a scheme; left out: all.", "lifecycle"),
        [("v1/transitions", "layer")] = new("Id of the layer that was entered or left; left out: all.", "loyal"),
    };

    /// <exception cref="InvalidOperationException">The parameter has no text.</exception>
    public static ParameterText Find(string path, string name) =>
        OfRoute.TryGetValue((path, name), out var special) ? special
        : Common.TryGetValue(name, out var common) ? common
        : throw new InvalidOperationException($"The parameter {name} of /{path} has no text; add one to {nameof(ParameterTexts)}.");
}

/// <param name="Description">What the parameter is, and what its absence means.</param>
/// <param name="Example">A value that the route takes.</param>
internal sealed record ParameterText(string Description, string Example);
