using System.Text.Json;
using Grid.Model.Facts;
using Grid.Model.Transitions;
using Grid.Rulebooks.Reading;
using Grid.Rulebooks.Shipped;
using Grid.Tests.Model;
using Grid.Tests.Model.Histories;
using Grid.Tests.Schemes.Files;
using Shouldly;
using Xunit;
using static Grid.Tests.Model.ASimpleLife;

namespace Grid.Tests.Schemes;

/// <summary>Layers of attributes have no ranks: who moves between them is neither upgraded nor downgraded.</summary>
public sealed class SchemeWithoutOrderTests
{
    [Theory]
    [InlineData("gender")]
    [InlineData("city-tier")]
    [InlineData("age-band")]
    [InlineData("income-band")]
    [InlineData("retail-preference")]
    public void IsShippedForEachAttribute(string id) => Shipped(id).IsOrdered.ShouldBeFalse();

    [Theory]
    [InlineData("rfm8")]
    [InlineData("journey")]
    [InlineData("level")]
    [InlineData("education")]
    public void IsNotWhatHasRanks(string id) => Shipped(id).IsOrdered.ShouldBeTrue();

    [Theory]
    [InlineData("ordered: false", Direction.Change)]
    [InlineData("ordered: true", Direction.Upgrade)]
    [InlineData("", Direction.Upgrade)]
    public void MovesWithoutADirection(string ordered, Direction direction)
    {
        var life = new Life(SomeSchemes.Rules(SomeSchemes.Written("s0", "a: trait(it) = a\nb: trait(it) = b", more: ordered)));
        life.Take(Start, Set(0, "a"));
        life.Take(Day(1), Set(1, "b"));
        life.Take(Day(2), Set(2, "a"));
        life.Transitions.Select(one => one.Direction).ShouldBe(
            [Direction.Entry, direction, direction == Direction.Change ? Direction.Change : Direction.Downgrade]);
    }

    [Theory]
    [InlineData("ordered: false\ngrace: 7d", 2)]
    [InlineData("ordered: false\nminimumStay: 30d", 2)]
    [InlineData("grace: 7d\nordered: false", 1)]
    public void CannotDelayItsDowngrades(string written, int line)
    {
        var fault = SchemeFile.Read("a.yaml", SchemeText.With(4, written + "\nlayers:")).Faults.ShouldHaveSingleItem();
        fault.Place.Line.ShouldBe(3 + line);
        fault.Message.ShouldContain("has no ranks");
        fault.Text.Zh.ShouldContain("没有高低");
    }

    [Fact]
    public void SaysYesOrNoInItsFile() =>
        SchemeText.Faults(SchemeText.With(4, "ordered: none\nlayers:")).ShouldBe("shop.yaml:4:10: \"ordered\" is true or false, not \"none\".");

    [Fact]
    public async Task IsSeenInTheAnswersOfTheServer()
    {
        await using var grid = await GridApplication.Start();
        foreach (var (ago, gender) in new[] { (3, "f"), (2, "m"), (1, "x") })
            await grid.Record("u1", new TraitsSet(grid.Now.Plus(-ago), MessageKey.From(gender), [new Trait("gender", TraitValue.OfText(gender))]));

        var moves = (await Ask(grid, "/v1/transitions?scheme=gender")).GetProperty("items").EnumerateArray().ToList();
        moves.Select(one => $"{one.GetProperty("from").GetString()} {one.GetProperty("to").GetString()} {one.GetProperty("direction").GetString()}")
            .ShouldBe([" female entry", "female male change", "male other change"]);
        (await Ask(grid, "/v1/transitions?scheme=gender&direction=change")).GetProperty("items").GetArrayLength().ShouldBe(2);
        (await Ask(grid, "/v1/transitions?scheme=gender&layer=other")).GetProperty("items").GetArrayLength().ShouldBe(1);

        var schemes = (await Ask(grid, "/v1/schemes")).GetProperty("schemes").EnumerateArray().ToList();
        schemes.Single(one => one.GetProperty("id").GetString() == "gender").GetProperty("isOrdered").GetBoolean().ShouldBeFalse();
        schemes.Single(one => one.GetProperty("id").GetString() == "rfm8").GetProperty("isOrdered").GetBoolean().ShouldBeTrue();
    }

    private static async Task<JsonElement> Ask(GridApplication grid, string path)
    {
        using var answer = JsonDocument.Parse(await grid.Http.GetStringAsync(path, TestContext.Current.CancellationToken));
        return answer.RootElement.Clone();
    }

    private static Grid.Model.Schemes.Definitions.SchemeDefinition Shipped(string id) =>
        SchemeFolder.Read(ShippedSchemes.Files()).Schemes.Single(scheme => scheme.Id == id);

    private static TraitsSet Set(int day, string value) => new(Day(day), MessageKey.From($"day {day}"), [new Trait("it", TraitValue.OfText(value))]);
}
