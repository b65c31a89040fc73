using Grid.Model.Facts;
using Grid.Model.Schemes.Conditions;
using Grid.Rulebooks.Reading;
using Grid.Tests.Schemes.Files;
using Shouldly;
using Xunit;
using static Grid.Tests.Model.ASimpleLife;

namespace Grid.Tests.Model;

/// <summary>Truths meet yes and no, quoted literals meet texts, and numbers compare when one side is a number.</summary>
public sealed class TraitsComparedWithLiteralsTests
{
    private static readonly TraitValue True = TraitValue.OfTruth(true);
    private static readonly TraitValue False = TraitValue.OfTruth(false);

    public static TheoryData<string, TraitKind, string, bool> Cases { get; } = new()
    {
        { "= yes", TraitKind.Truth, "true", true },
        { "= yes", TraitKind.Truth, "false", false },
        { "= no", TraitKind.Truth, "false", true },
        { "= no", TraitKind.Truth, "true", false },
        { "!= yes", TraitKind.Truth, "false", true },
        { "!= yes", TraitKind.Truth, "true", false },
        { "= yes", TraitKind.Text, "yes", true },
        { "= yes", TraitKind.Text, "YES", true },
        { "= yes", TraitKind.Text, "true", false },
        { "= yes", TraitKind.Number, "1", false },
        { "= 'yes'", TraitKind.Truth, "true", false },
        { "= 'yes'", TraitKind.Text, "yes", true },
        { "= 'true'", TraitKind.Truth, "true", true },
        { "in [yes, maybe]", TraitKind.Truth, "true", true },
        { "in [no, maybe]", TraitKind.Truth, "true", false },
        { "= '010'", TraitKind.Text, "10", false },
        { "= '010'", TraitKind.Text, "010", true },
        { "= '10'", TraitKind.Text, "10.0", false },
        { "= '010'", TraitKind.Number, "10", true },
        { "in ['010', '020']", TraitKind.Text, "20", false },
        { "in ['010', 20]", TraitKind.Text, "020", true },
        { "!= '010'", TraitKind.Text, "10", true },
        { "= 10", TraitKind.Text, "10", true },
        { "= 10", TraitKind.Text, "010", true },
        { "= 10", TraitKind.Number, "10", true },
        { "= 10", TraitKind.Number, "10.00", true },
        { "= 10", TraitKind.Text, "ten", false },
        { "= '0086'", TraitKind.Text, "86", false },
        { "= '1e3'", TraitKind.Text, "1000", false },
        { "= 'Berlin'", TraitKind.Text, "BERLIN", true },
        { ">= '010'", TraitKind.Text, "10", true },
        { "> 9", TraitKind.Truth, "true", false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void MeetThemByTheirKind(string comparison, TraitKind kind, string value, bool holds)
    {
        var life = With($"met: trait(it) {comparison}");
        life.Take(Start, new TraitsSet(Start, MessageKey.From("m"), [new Trait("it", new TraitValue(kind, value))]));
        life.LayerOf("s0").ShouldBe(holds ? "met" : "rest");
    }

    [Theory]
    [InlineData("when: trait(area) = \"010\"", true)]
    [InlineData("when: trait(area) = '010'", true)]
    [InlineData("when: \"trait(area) = '010'\"", true)]
    [InlineData("when: 'trait(area) = \"010\"'", true)]
    [InlineData("when: 'trait(area) = ''010'''", true)]
    [InlineData("when: \"trait(area) = 010\"", false)]
    [InlineData("when: trait(area) = 010", false)]
    public void KeepTheQuotesOfTheFile(string when, bool quoted)
    {
        var read = SchemeFile.Read("a.yaml", SchemeText.With(SchemeText.ConditionLine, "    " + when));
        read.Faults.ShouldBeEmpty();
        var comparison = (Grid.Model.Schemes.Definitions.ComparisonDefinition)read.Scheme!.Rules[0].When!;
        comparison.Values.ShouldBe(["010"]);
        comparison.IsQuoted(0).ShouldBe(quoted);
    }

    [Fact]
    public void ReadsYesAsATruthOnlyWithoutQuotes()
    {
        new TraitLiteral("yes", isQuoted: false).Meets(True).ShouldBeTrue();
        new TraitLiteral("yes", isQuoted: true).Meets(True).ShouldBeFalse();
        new TraitLiteral("No", isQuoted: false).Meets(False).ShouldBeTrue();
    }
}
