using System.Text;
using Grid.Model;
using Grid.Model.Baselines;
using Grid.Model.Evaluation;
using Grid.Model.Schemes;
using Grid.Model.Time;
using Grid.Rulebooks.Compiling;
using Grid.Rulebooks.Reading;
using Grid.Rulebooks.Shipped;
using Shouldly;
using Xunit;

namespace Grid.Tests.Schemes;

/// <summary>Which schemes a changed file affects: only those that may decide differently are decided again.</summary>
public sealed class SchemesOfTwoRulebooksTests
{
    private const string Audience = """
        audience: lost-in-focus
        name: { zh: 人群, en: Lost in focus }
        when: { all: ["layer(lifecycle) = lost", "tags has focus"] }
        """;

    [Theory]
    [InlineData("lifecycle.yaml", "试用装降低门槛", "试用装", "")]
    [InlineData("lifecycle.yaml", "Loyal", "Faithful", "")]
    [InlineData("lifecycle.yaml", "# Two clocks", "\n\n# Two clocks", "")]
    [InlineData("lifecycle.yaml", "recency >= 90d", "recency >= 91d", "lifecycle")]
    [InlineData("lifecycle.yaml", "orders >= 2", "orders(all, excludeRefunded) >= 2", "lifecycle")]
    [InlineData("lifecycle.yaml", "        - lastActivity >= 30d\n", "", "lifecycle")]
    [InlineData("lifecycle.yaml", "id: lifecycle", "id: lifecycle\ngrace: 7d", "lifecycle")]
    [InlineData("lifecycle.yaml", "id: lifecycle", "id: lifecycle\nminimumStay: 7d", "lifecycle")]
    [InlineData("lifecycle.yaml", "id: lifecycle", "id: lifecycle\ncalendar: Asia/Shanghai", "lifecycle")]
    [InlineData("rfm8.yaml", "window: 90d", "window: 60d", "rfm8")]
    [InlineData("rfm8.yaml", "scores: rank", "scores: qcut", "rfm8")]
    [InlineData("rfm8.yaml", "id: rfm8", "id: rfm8\nbaseline: frozen", "rfm8")]
    [InlineData("rfm8-bands.yaml", "40d", "41d", "rfm8-bands")]
    [InlineData("points.yaml", "referral: 100", "referral: 101", "level,lost-in-focus")]
    [InlineData("points.yaml", "each: 1.00", "each: 2.00", "level,lost-in-focus")]
    [InlineData("tags.yaml", "<= 30%", "<= 20%", "lost-in-focus")]
    [InlineData("tags.yaml", "重点用户", "重点", "")]
    public void DecideAgainWhatAChangeConcerns(string file, string text, string by, string decidedAgain)
    {
        var yaml = Yaml(file);
        yaml.ShouldContain(text);
        var before = new Rulebook(1, new Instant(0), Compiled(file, yaml));
        var after = new Rulebook(2, new Instant(1), Compiled(file, yaml.Replace(text, by)));
        var layouts = new[] { before, after }.ToDictionary(rulebook => rulebook.Number, RulebookLayout.From);

        var move = new Rules(after, Baseline.None, layouts).After(new Rules(before, Baseline.None, layouts)).MoveFrom(1);

        var again = after.Schemes.Where((_, index) => !move.IsAlike(index)).Select(scheme => scheme.Id);
        string.Join(',', again).ShouldBe(decidedAgain);
    }

    [Fact]
    public void AreAllDecidedAgainWhenTheEarlierIsNotAtHand()
    {
        var content = Compiled("rfm8.yaml", Yaml("rfm8.yaml"));
        var (before, after) = (new Rulebook(1, new Instant(0), content), new Rulebook(2, new Instant(1), content));
        var layouts = new[] { before, after }.ToDictionary(rulebook => rulebook.Number, RulebookLayout.From);

        var move = new Rules(after, Baseline.None, layouts).MoveFrom(1);

        Enumerable.Range(0, after.Schemes.Count).Any(move.IsAlike).ShouldBeFalse();
    }

    private static string Yaml(string file) => Encoding.UTF8.GetString(ShippedSchemes.Files().Single(shipped => shipped.Name == file).Yaml);

    private static RulebookContent Compiled(string file, string yaml)
    {
        var files = ShippedSchemes.Files().Select(shipped => shipped.Name == file ? (file, Encoding.UTF8.GetBytes(yaml)) : shipped)
            .Append(("audience.yaml", Encoding.UTF8.GetBytes(Audience)));
        var result = RulebookCompiler.Compile(SchemeFolder.Read(files), Currency.Cny);
        return result.Content ?? throw new InvalidOperationException(string.Join('\n', result.Faults));
    }
}
