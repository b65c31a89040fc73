namespace Grid.Testing.Mutations;

/// <summary>Generates queries about customers that may not exist, with wrong parameters.</summary>
internal static class QuestionMutator
{
    private static readonly string[] OfCustomer = ["", "/explain?scheme=lifecycle", "/explain", "/forecast", "/transitions"];

    private static readonly string[] Others =
    [
        "/v1/rejects?limit={0}", "/v1/rejects?after={0}", "/v1/transitions?after={0}&limit=5", "/v1/transitions?limit={0}",
        "/v1/transitions?customer={0}&limit=5", "/v1/transitions?scheme={0}&limit=5", "/v1/customers?id={0}", "/v1/segments/{0}",
        "/v1/segments/lifecycle/flows?from={0}", "/v1/schemes/{0}", "/v1/baselines/{0}", "/v1/rulebooks/{0}",
    ];

    public static MutatedRequest Next(Random random, CallWriter calls)
    {
        var odd = Uri.EscapeDataString(WholeCharacters(CallWriter.Plain(calls.OddValue()), random));
        var customer = Uri.EscapeDataString(WholeCharacters(CallWriter.Plain(calls.Customer()), random));
        return random.Next(10) switch
        {
            0 => new MutatedRequest("DELETE", $"/v1/customers/{customer}"),
            < 6 => new MutatedRequest("GET", $"/v1/customers/{customer}{OfCustomer[random.Next(OfCustomer.Length)]}"),
            < 9 => new MutatedRequest("GET", string.Format(null, Others[random.Next(Others.Length)], odd)),

            _ => new MutatedRequest(
                "POST",
                "/v1/schemes/lint",
                System.Text.Encoding.UTF8.GetBytes($$"""{"replace":[{"file":{{calls.OddValue()}},"yaml":{{calls.OddValue()}}}],"note":{{calls.OddValue()}}}"""),
                "application/json"),
        };
    }

    /// <summary>Shortens an address to the limit without splitting a character.</summary>
    private static string WholeCharacters(string text, Random random)
    {
        var cut = text[..Math.Min(text.Length, random.Next(1, 1_000))];
        return cut.Length > 0 && char.IsHighSurrogate(cut[^1]) ? cut[..^1] : cut;
    }
}
