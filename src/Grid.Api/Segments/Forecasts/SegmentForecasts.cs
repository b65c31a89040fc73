using Grid.Grains.Populations;
using Grid.Grains.Rules;

namespace Grid.Api.Segments.Forecasts;

/// <summary>Forecasts what time alone will do to all customers: one scan answers for all schemes, and is cached for some seconds.</summary>
internal sealed class SegmentForecasts(PopulationScan population, CurrentRules rules, TimeProvider time)
{
    private readonly ResponseCache<Question, ForecastResult> _made =
        new(TimeSpan.FromSeconds(ApiLimits.ForecastKeptSeconds), ApiLimits.ForecastsKeptMax, time);

    /// <summary>Null when too many scans are waiting already.</summary>
    /// <param name="days">The length of the forecast, in days of 24 hours.</param>
    /// <param name="perHour">Whether moves are counted by the hour, else by the day.</param>
    /// <param name="cancellation">Ends the waiting of this caller, not the scan, for which others may wait.</param>
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

/// <param name="Tally">The moves of all customers; not changed any more.</param>
internal sealed record ForecastResult(ScanContext Start, long Customers, ForecastTally Tally);
