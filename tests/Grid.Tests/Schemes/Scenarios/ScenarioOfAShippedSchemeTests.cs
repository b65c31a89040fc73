using Grid.Tests.Model;
using Shouldly;
using Xunit;

namespace Grid.Tests.Schemes.Scenarios;

/// <summary>Every shipped scheme has a walk, and the walks reach every layer.</summary>
public sealed class ScenarioOfAShippedSchemeTests
{
    private static readonly Dictionary<string, Func<Walk>> Scenarios = new()
    {
        ["journey"] = BuyingScenarios.Journey,
        ["lifecycle"] = BuyingScenarios.Lifecycle,
        ["high-ticket"] = BuyingScenarios.HighTicket,
        ["funnel"] = BuyingScenarios.Funnel,
        ["pyramid"] = BuyingScenarios.Pyramid,
        ["frequency3"] = BuyingScenarios.Frequency3,
        ["spending-power"] = BuyingScenarios.SpendingPower,
        ["retail-preference"] = BuyingScenarios.RetailPreference,
        ["rfm8"] = RfmScenarios.Rfm8,
        ["rfm8-bands"] = RfmScenarios.Rfm8Bands,
        ["rfm4"] = RfmScenarios.Rfm4,
        ["value3"] = RfmScenarios.Value3,
        ["groups4"] = PersonScenarios.Groups4,
        ["engagement"] = PersonScenarios.Engagement,
        ["level"] = PersonScenarios.Level,
        ["plan"] = PersonScenarios.Plan,
        ["age-band"] = PersonScenarios.AgeBand,
        ["gender"] = PersonScenarios.Gender,
        ["city-tier"] = PersonScenarios.CityTier,
        ["income-band"] = PersonScenarios.IncomeBand,
        ["education"] = PersonScenarios.Education,
    };

    public static TheoryData<string> Schemes { get; } = [.. SomeSchemes.Shipped.Select(scheme => scheme.Id)];

    [Theory]
    [MemberData(nameof(Schemes))]
    public void LeadsThroughEachOfItsLayersAtTheInstantAndForTheCauseSaid(string scheme)
    {
        Scenarios.ShouldContainKey(scheme);
        var walk = Scenarios[scheme]().Unmoved();
        walk.Visited.ShouldBe(SomeSchemes.Shipped.Single(definition => definition.Id == scheme).Layers.Select(layer => layer.Id), ignoreOrder: true);
    }
}
