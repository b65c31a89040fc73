using System.Text;
using Grid.Model;
using Grid.Model.Facts;
using Grid.Model.Schemes.Definitions;
using Grid.Rulebooks.Compiling;
using Grid.Rulebooks.Reading;
using Grid.Rulebooks.Shipped;
using Shouldly;
using Xunit;

namespace Grid.Tests.Schemes.Files;

public sealed class ShippedSchemeTests
{
    public static TheoryData<string> Names { get; } = [.. ShippedSchemes.Schemes().Select(file => file.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void IsReadWithoutFaultOrWarning(string name)
    {
        var result = SchemeFile.Read(name, Yaml(name));

        result.Faults.ShouldBeEmpty();
        result.Warnings.ShouldBeEmpty();
        $"{result.Scheme!.Id}.yaml".ShouldBe(name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void HasAPlaceForEachPartThatHoldsThatPart(string name)
    {
        var lines = Encoding.UTF8.GetString(Yaml(name)).Split('\n');
        var scheme = SchemeFile.Read(name, Yaml(name)).Scheme!;
        Func<Place, string> textAt = place => lines[place.Line - 1][(place.Column - 1)..];

        textAt(scheme.Place).ShouldStartWith(scheme.Id);
        scheme.Layers.ShouldAllBe(layer => textAt(layer.Place).TrimStart('"').StartsWith(layer.Id));
        scheme.Rules.ShouldAllBe(rule => textAt(rule.Place).StartsWith("layer: "));
        var comparisons = scheme.Rules.SelectMany(rule => rule.When is null ? [] : Comparisons(rule.When)).ToList();
        comparisons.ShouldNotBeEmpty();
        comparisons.ShouldAllBe(comparison => textAt(comparison.Place) == comparison.Text);
    }

    [Fact]
    public void IsListedWhenItIsAmongTheResources() =>
        typeof(ShippedSchemes).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".yaml"))
            .ShouldBe(ShippedSchemes.Files().Select(file => $"schemes/{file.Name}"), ignoreOrder: true);

    [Fact]
    public void TogetherWithTheOthersMakesARulebook()
    {
        var result = SchemeFolder.Read(ShippedSchemes.Files());
        var compiled = RulebookCompiler.Compile(result, Currency.Cny);

        compiled.Faults.ShouldBeEmpty();
        compiled.Warnings.ShouldBeEmpty();
        compiled.Content!.Tags.All.Select(tag => tag.Tag).ShouldContain("focus");
        compiled.Content.Points.Reads.HasFlag(FactKinds.Orders).ShouldBeTrue();
        result.Schemes.Select(scheme => scheme.Id)
            .ShouldBe(
            [
                "journey", "lifecycle", "high-ticket", "funnel", "pyramid", "rfm8", "rfm8-bands", "rfm4", "value3", "frequency3",
                "spending-power", "groups4", "engagement", "level", "plan", "age-band", "gender", "city-tier", "income-band", "education",
                "retail-preference",
            ]);
    }

    [Fact]
    public void RanksTheClassesOfRfmByMoneyThenRecencyThenFrequency() =>
        SchemeFile.Read("rfm8.yaml", Yaml("rfm8.yaml")).Scheme!.Layers.Select(layer => layer.Id)
            .ShouldBe(["none", "000", "010", "100", "110", "001", "011", "101", "111"]);

    private static byte[] Yaml(string name) => ShippedSchemes.Files().Single(file => file.Name == name).Yaml;

    private static IEnumerable<ComparisonDefinition> Comparisons(ConditionDefinition condition) => condition switch
    {
        ComparisonDefinition comparison => [comparison],
        AllDefinition all => all.Conditions.SelectMany(Comparisons),
        AnyDefinition any => any.Conditions.SelectMany(Comparisons),
        NotDefinition not => Comparisons(not.Condition),
        _ => [],
    };
}
