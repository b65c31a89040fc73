using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Schemes;
using Grid.Model.Time;

namespace Grid.Model.Metrics;

public enum ScoreReading
{
    /// <summary>1 to 5; 0 for a customer that is not scored.</summary>
    Score,

    /// <summary>Whether the score exceeds the mean of the population by more than the margin.</summary>
    High,
}

/// <summary>A customer's score in a measure of the baseline, or whether it is high.</summary>
public sealed class ScoreMetric(Measure measure, ScoreReading reading) : Metric
{
    public ScoreReading Reading => reading;

    public override ValueKind Kind => reading == ScoreReading.Score ? ValueKind.Count : ValueKind.Truth;

    public Measure Measure => measure;

    public override FactKinds Reads => measure.Reads;

    public override IReadOnlyList<Measure> Measures { get; } = [measure];

    public override CutoffReadings ReadsOfCuts => reading == ScoreReading.Score ? CutoffReadings.Scores : CutoffReadings.High;

    public override long Value(Customer customer, Instant now, Baseline baseline)
    {
        var value = measure.Value(customer, now);
        if (value == Measure.Absent) return 0;
        var cutoffs = baseline.Of(measure);
        return reading == ScoreReading.Score ? cutoffs.Score(value, customer.Id) : cutoffs.IsHigh(value, customer.Id) ? 1 : 0;
    }

    public override Instant NextChange(Customer customer, Instant now, Baseline baseline) => measure.NextChange(customer, now);
}

/// <summary>The three scores of a customer added up, from 3 to 15; 0 for a customer that is not scored.</summary>
public sealed class ScoreSumMetric(RfmMeasures rfm) : Metric
{
    public override ValueKind Kind => ValueKind.Count;

    public override FactKinds Reads { get; } = rfm.Recency.Reads | rfm.Frequency.Reads | rfm.Monetary.Reads;

    public override IReadOnlyList<Measure> Measures { get; } = [rfm.Recency, rfm.Frequency, rfm.Monetary];

    public override long Value(Customer customer, Instant now, Baseline baseline)
    {
        long sum = 0;
        for (var index = 0; index < Measures.Count; index++)
        {
            var value = Measures[index].Value(customer, now);
            if (value == Measure.Absent) return 0;
            sum += baseline.Of(Measures[index]).Score(value, customer.Id);
        }

        return sum;
    }

    public override Instant NextChange(Customer customer, Instant now, Baseline baseline)
    {
        var next = Instant.Never;
        for (var index = 0; index < Measures.Count; index++) next = Instant.Min(next, Measures[index].NextChange(customer, now));
        return next;
    }
}

/// <summary>Whether a customer is in the top share of the population by a measure, given in thousandths, ties included.</summary>
public sealed class TopMetric(Measure measure, int perMille) : Metric
{
    public int PerMille => perMille;

    public override ValueKind Kind => ValueKind.Truth;

    public Measure Measure => measure;

    public override FactKinds Reads => measure.Reads;

    public override IReadOnlyList<Measure> Measures { get; } = [measure];

    public override CutoffReadings ReadsOfCuts => CutoffReadings.None;

    public override long Value(Customer customer, Instant now, Baseline baseline)
    {
        var value = measure.Value(customer, now);
        return value != Measure.Absent && baseline.Of(measure).IsTop(value, perMille) ? 1 : 0;
    }

    public override Instant NextChange(Customer customer, Instant now, Baseline baseline) => measure.NextChange(customer, now);
}

/// <summary>Whether the customer belongs to the scored population: an order inside the window.</summary>
public sealed class ScoredMetric(Window window) : Metric
{
    public override ValueKind Kind => ValueKind.Truth;

    public override FactKinds Reads => FactKinds.Orders;

    public override long Value(Customer customer, Instant now, Baseline baseline) => customer.Orders.Any(window, now) ? 1 : 0;

    public override Instant NextChange(Customer customer, Instant now, Baseline baseline) => customer.Orders.NextChange(window, now);
}
