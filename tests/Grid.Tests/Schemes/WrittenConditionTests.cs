using Grid.Model;
using Grid.Rulebooks.Compiling;
using Grid.Rulebooks.Reading;
using Shouldly;
using Xunit;

namespace Grid.Tests.Schemes;

/// <summary>The valid and invalid comparisons of each name of the vocabulary.</summary>
public sealed class WrittenConditionTests
{
    [Theory]
    [InlineData("orders(90d, excludeRefunded) >= 2")]
    [InlineData("spend(365d) > 1999.99")]
    [InlineData("refunds(30d) = 0")]
    [InlineData("aov != 10")]
    [InlineData("repurchases(30d) >= 1")]
    [InlineData("recency >= 90d")]
    [InlineData("recencyDays = 3d")]
    [InlineData("firstOrder < 12h")]
    [InlineData("medianOrderInterval <= 14d")]
    [InlineData("interactions(comment-added, quote-sent, 30d) >= 2")]
    [InlineData("interactions(comment-added) >= 2")]
    [InlineData("interactions(30d) = 0")]
    [InlineData("referrals(365d) >= 1")]
    [InlineData("lastActivity >= 30m")]
    [InlineData("interactions(15m) >= 1")]
    [InlineData("browse(900s) = 0")]
    [InlineData("dwell(45m) > 90s")]
    [InlineData("orders(5m) >= 1")]
    [InlineData("purchases(shoes, 5m) >= 1")]
    [InlineData("recency < 5m")]
    [InlineData("browse(shoes, 7d) >= 3")]
    [InlineData("dwell(shoes, bags, 7d) >= 20m")]
    [InlineData("purchases(shoes, bags, 365d) >= 2")]
    [InlineData("points < 100")]
    [InlineData("growth >= 12000")]
    [InlineData("joined >= 7d")]
    [InlineData("age >= 18")]
    [InlineData("consent(marketing) = yes")]
    [InlineData("community != no")]
    [InlineData("score.r = 5")]
    [InlineData("score.f != 1")]
    [InlineData("score.m > 2")]
    [InlineData("score.sum >= 11")]
    [InlineData("high.r = yes")]
    [InlineData("high.f = no")]
    [InlineData("high.m != yes")]
    [InlineData("scored = no")]
    [InlineData("topPercent(spend, 365d) <= 0.5%")]
    [InlineData("tags has vip")]
    [InlineData("tags lacks vip")]
    [InlineData("trait(cityTier) in [1, 2]")]
    [InlineData("trait(income) >= 5000")]
    [InlineData("membership in [none, expired]")]
    [InlineData("plan = gold")]
    [InlineData("plan in [gold, silver]")]
    [InlineData("source != qr-code")]
    [InlineData("favouriteCategory = shoes")]
    [InlineData("favouriteCategory(365d) in [shoes, bags]")]
    [InlineData("favouriteChannel(all) != web")]
    [InlineData("favouriteSeason in [spring, autumn]")]
    public void IsUnderstood(string condition) => Faults(condition).ShouldBeEmpty();

    /// <summary>Only audiences may read layers.</summary>
    [Fact]
    public void IsKnownToTheTestAboveForEveryNameThereIs()
    {
        var conditions = typeof(WrittenConditionTests).GetMethod(nameof(IsUnderstood))!
            .GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>().Select(data => (string)data.Data[0]!);
        conditions.Select(condition => condition.Split(' ', '(')[0]).Distinct()
            .ShouldBe(Vocabulary.MetricNames.Concat(Vocabulary.NamedNames).Except(["layer"]), ignoreOrder: true);
    }

    [Theory]
    [InlineData("age >= 18d", "number")]
    [InlineData("age(30d) >= 18", "no arguments")]
    [InlineData("age in [18, 19]", "compared with =")]
    [InlineData("orders >= 1.5", "whole number")]
    [InlineData("spend >= 3d", "number")]
    [InlineData("growth(30d) >= 5", "no arguments")]
    [InlineData("points >= many", "number")]
    [InlineData("medianOrderInterval >= 14", "length of time")]
    [InlineData("dwell(shoes) >= 20", "length of time")]
    [InlineData("referrals(shoes, 30d) >= 1", "window only")]
    [InlineData("community >= yes", "yes or no")]
    [InlineData("score.sum >= low", "number")]
    [InlineData("score.x >= 1", "score.sum")]
    [InlineData("plan > gold", "=, != or in")]
    [InlineData("favouriteCategory has shoes", "=, != or in")]
    [InlineData("favouriteCategory(shoes) = yes", "window")]
    [InlineData("favouriteChannel(30d, 60d) = web", "one argument")]
    [InlineData("favouriteSeason = monsoon", "spring")]
    [InlineData("membership = gold", "active, expired, none")]
    [InlineData("browse(5m) >= 1", "multiple of 15m")]
    [InlineData("browse(shoes, 10m) = 0", "multiple of 15m")]
    [InlineData("interactions(check-in, 20m) >= 1", "multiple of 15m")]
    [InlineData("interactions(90s) >= 1", "multiple of 15m")]
    [InlineData("dwell(shoes, 50m) >= 20m", "multiple of 15m")]
    [InlineData("referrals(1000m) >= 1", "multiple of 15m")]
    [InlineData("lastActivity < 10m", "multiple of 15m")]
    [InlineData("lastActivity >= 3601s", "multiple of 15m")]
    public void IsRefusedInWordsThatSayWhy(string condition, string said) => Faults(condition).ShouldHaveSingleItem().ShouldContain(said);

    [Theory]
    [InlineData("score.sum >= 11")]
    [InlineData("scored = yes")]
    public void NeedsAScoringToSpeakOfScores(string condition) =>
        Faults(condition, scored: false).ShouldHaveSingleItem().ShouldContain("rfm section");

    private static List<string> Faults(string condition, bool scored = true)
    {
        var yaml = $$"""
            id: trial
            name: { zh: 试, en: Trial }
            description: { zh: 测试, en: For a test }
            {{(scored ? "rfm: { window: 90d, scores: rank }" : "")}}
            layers:
              - { id: "in", name: { zh: 内, en: Inside }, playbook: { zh: 做, en: do } }
              - { id: "out", name: { zh: 外, en: Outside }, playbook: { zh: 不做, en: do not } }
            rules:
              - layer: "in"
                when: {{condition}}
              - layer: "out"
            """;
        var file = SchemeFile.Read("trial.yaml", yaml);
        file.Faults.ShouldBeEmpty();
        return [.. SchemeCompiler.Compile(file.Scheme!, Currency.Cny).Faults.Select(fault => fault.Message)];
    }
}
