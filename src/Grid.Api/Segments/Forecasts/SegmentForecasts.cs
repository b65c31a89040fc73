using Grid.Grains.Populations;
using Grid.Grains.Rules;

namespace Grid.Api.Segments.Forecasts;

/// <summary>Foresees what time alone will do to all customers: one pass answers for all schemes, and is kept for some seconds.</summary>
internal sealed class SegmentForecasts(PopulationScan population, CurrentRules rules, TimeProvider time)
{
    private readonly ResponseCache<Question, ForecastResult> _made =
        new(TimeSpan.FromSeconds(ApiLimits.ForecastKeptSeconds), ApiLimits.ForecastsKeptMax, time);

    /// <summary>Null when too many passes are waiting already.</summary>
    /// <param name="days">How far, each of 24 hours.</param>
    /// <param name="perHour">Whether moves are counted by the hour, else by the day.</param>
    /// <param name="cancellation">Ends the waiting of this caller, not the pass, which others may wait for.</param>
    public Task<ForecastResult?> Read(int days, bool perHour, CancellationToken cancellation) =>
        _made.Read(new Question(rules.Value.Rulebook.Number, days, perHour), () => Make(days, perHour), cancellation);

    private async Task<ForecastResult?> Make(int days, bool perHour)
    {
        var pass = await population.TryRun(start => new ForecastTally(start, days, perHour), null, CancellationToken.None);
        if (pass is null) return null;
        var tally = pass.Visitors[0];
        foreach (var part in pass.Visitors.Skip(1)) tally.Add(part);
        return new ForecastResult(pass.Start, pass.Customers, tally);
    }

    private readonly record struct Question(int Rulebook, int Days, bool PerHour);
}

/// <param name="Tally">Of all customers; it does not change any more.</param>
internal sealed record ForecastResult(ScanContext Start, long Customers, ForecastTally Tally);
