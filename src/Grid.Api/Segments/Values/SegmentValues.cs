using Grid.Grains.Populations;
using Grid.Grains.Rules;
using Grid.Model.Time;

namespace Grid.Api.Segments.Values;

/// <summary>Computes the value of segments, each answer by one scan of all customers, cached for some seconds.</summary>
internal sealed class SegmentValues(PopulationScan population, CurrentRules rules, TimeProvider time)
{
    private readonly ResponseCache<Question, ValueResponse> _answers =
        new(TimeSpan.FromSeconds(ApiLimits.ValueKeptSeconds), ApiLimits.ValuesKeptMax, time);

    /// <summary>Null when too many scans are waiting already.</summary>
    /// <param name="scheme">One of the rulebook in force.</param>
    /// <param name="window">As the scheme's calendar counts it.</param>
    /// <param name="cancellation">Ends the waiting of this caller, not the scan, for which others may wait.</param>
    public Task<ValueResponse?> Read(string scheme, Window window, CancellationToken cancellation) =>
        _answers.Read(new Question(rules.Value.Rulebook.Number, scheme, window.Text), () => Read(scheme, window), cancellation);

    private async Task<ValueResponse?> Read(string scheme, Window window)
    {
        var pass = await population.TryRun(start => new ValueTally(start, IndexOf(scheme, start), window), null, CancellationToken.None);
        if (pass is null) return null;
        var tally = pass.Visitors[0];
        foreach (var part in pass.Visitors.Skip(1)) tally.Add(part);
        return ValueResponse.From(scheme, window, pass, tally);
    }

    private static int IndexOf(string scheme, ScanContext start)
    {
        var schemes = start.Rules.Rulebook.Schemes;
        for (var index = 0; index < schemes.Count; index++)
            if (schemes[index].Id == scheme)
                return index;
        throw new InvalidOperationException($"A publication removed the scheme {scheme} during the request.");
    }

    private readonly record struct Question(int Rulebook, string Scheme, string Window);
}
