using Grid.Model.Baselines;
using Grid.Model.Evaluation;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;
using Grid.Tests.Model.Reference;

namespace Grid.Tests.Model.Histories;

/// <summary>A population for the baseline: the same customers for the engine's ranking and for the reference.</summary>
internal sealed class Crowd
{
    private const int CustomersCount = 60;

    public Crowd(IReadOnlyList<SchemeDefinition> definitions, int number = 1, int firstSeed = 1_000_000)
    {
        var rulebook = SomeSchemes.Rulebook(definitions);
        var unranked = new Rules(rulebook, Baseline.None);
        var lives = Enumerable.Range(firstSeed, CustomersCount).Select(seed =>
        {
            var life = new Life(unranked);
            var past = new History(seed).InTime().Where(delivery => delivery.Now <= Ranked);
            foreach (var delivery in past) life.Take(delivery.Now, delivery.Facts);
            if (life.State is not null) life.Take(Ranked);
            return life;
        }).Where(life => life.State is not null).ToList();

        var baseline = Agreement.BaselineOf([.. lives.Select(life => life.Customer.Measures)], rulebook, number, Instant.Beginning);
        Rules = new Rules(rulebook, baseline);
        var population = new ReferencePopulation([.. lives.Select(life => new ReferenceCustomer(life.Delivered))], Ranked.Milliseconds);
        Agreement = new Agreement([.. definitions.Select(definition => new ReferenceScheme(definition))], population);
    }

    private Crowd(Rules rules, Agreement agreement) => (Rules, Agreement) = (rules, agreement);

    /// <summary>In the middle of the year in which generated lives take place.</summary>
    private static Instant Ranked { get; } = new(1_751_328_000_000);

    public Rules Rules { get; }

    public Agreement Agreement { get; }

    /// <summary>The same cut-offs, published as of another instant.</summary>
    public Crowd PublishedAt(Instant asOf) =>
        new(new Rules(Rules.Rulebook, new Baseline(Rules.Baseline.Number, asOf, Rules.Baseline.Cuts)), Agreement);
}
