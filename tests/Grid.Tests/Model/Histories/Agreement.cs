using Grid.Model.Baselines;
using Grid.Model.Evaluation;
using Grid.Model.Metrics;
using Grid.Model.Time;
using Grid.Tests.Model.Reference;
using Shouldly;

namespace Grid.Tests.Model.Histories;

/// <summary>Compares the engine's customer with the reference.</summary>
internal sealed class Agreement(IReadOnlyList<ReferenceScheme> schemes, ReferencePopulation population)
{
    /// <summary>Checks that every layer and every measure follows from the facts alone at an instant.</summary>
    public void HoldsAt(Instant now, Life life, string circumstance)
    {
        var reference = new ReferenceCustomer(life.Delivered);
        var customer = life.Customer;
        for (var index = 0; index < schemes.Count; index++)
        {
            var scheme = life.Rules.Rulebook.Schemes[index];
            var expected = schemes[index].LayerOf(reference, now.Milliseconds, population);
            scheme.Layers[customer.Layers[index].Layer].ShouldBe(expected, $"{scheme.Id} at {now}, {circumstance}");
        }

        var expectedMeasures = MeasuresOf(reference, life.Rules, now.Milliseconds);
        for (var index = 0; index < expectedMeasures.Count; index++)
        {
            var id = life.Rules.Rulebook.Measures[index].Id;
            customer.Measures[index].ShouldBe(expectedMeasures[index], $"{id} at {now}, {circumstance}");
        }
    }

    public List<string> LayersOf(ReferenceCustomer customer, long now) =>
        [.. schemes.Select(scheme => scheme.LayerOf(customer, now, population))];

    /// <summary>The measures, computed by the reference, in the order of the rulebook.</summary>
    public List<long> MeasuresOf(ReferenceCustomer reference, Rules rules, long now)
    {
        var values = new Dictionary<string, long>();
        foreach (var (scheme, definition) in rules.Rulebook.Schemes.Zip(schemes.Select(scheme => scheme.Definition)))
        {
            if (scheme.Rfm is { } rfm)
            {
                values[rfm.Recency.Id] = ReferenceDimension.Value(definition, 'r', reference, now) ?? Measure.Absent;
                values[rfm.Frequency.Id] = ReferenceDimension.Value(definition, 'f', reference, now) ?? Measure.Absent;
                values[rfm.Monetary.Id] = ReferenceDimension.Value(definition, 'm', reference, now) ?? Measure.Absent;
            }

            foreach (var top in scheme.Rules.SelectMany(rule => rule.When?.Metrics ?? []).OfType<TopMetric>())
            {
                var arguments = top.Text["topPercent(".Length..^1].Split(", ");
                values[top.Measure.Id] = ReferenceDimension.TopValue(definition, arguments, reference, now) ?? Measure.Absent;
            }
        }

        return [.. rules.Rulebook.Measures.Select(measure => values[measure.Id])];
    }

    /// <summary>The baseline of some customers, by the engine's own ranking.</summary>
    public static Baseline BaselineOf(IReadOnlyList<long[]> measures, Grid.Model.Schemes.Rulebook rulebook, int number, Instant asOf)
    {
        var cuts = rulebook.Measures.Select((measure, index) =>
        {
            var values = measures.Select(row => row[index]).Where(value => value != Measure.Absent).ToArray();
            return Ranking.Compute(measure, values, [], rulebook.TopsOf(measure), asOf);
        });
        return new Baseline(number, asOf, [.. cuts]);
    }
}
