using Grid.Grains.Rules;
using Grid.Model.Schemes;
using Grid.Model.Time;
using Grid.Rulebooks.Reading;
using Grid.Tests.Model;
using Shouldly;
using Xunit;

namespace Grid.Tests.Baselines;

/// <summary>When a running grid derives its cut-offs next.</summary>
public sealed class TicksOfTheBaselineTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void ComeAtEachIntervalWithoutADailyScheme() =>
        NextAfter("2026-03-01T18:30:00.000Z", "continuous", "frozen").ShouldBe("2026-03-01T19:30:00.000Z");

    [Fact]
    public void ComeAtTheTimeOfADailySchemeWhenThatIsEarlier()
    {
        const string daily = "{ daily: \"03:00\", zone: Asia/Shanghai }";
        NextAfter("2026-03-01T18:30:00.000Z", "continuous", daily).ShouldBe("2026-03-01T19:00:00.000Z");
        NextAfter("2026-03-01T19:00:00.000Z", daily, "frozen").ShouldBe("2026-03-01T20:00:00.000Z");
        NextAfter("2026-03-01T17:00:00.000Z", daily, "{ daily: \"19:15\", zone: Europe/Berlin }").ShouldBe("2026-03-01T18:00:00.000Z");
        NextAfter("2026-03-01T18:10:00.000Z", daily, "{ daily: \"19:15\", zone: Europe/Berlin }").ShouldBe("2026-03-01T18:15:00.000Z");
    }

    private static string NextAfter(string now, params string[] policies)
    {
        var definitions = policies.Select((policy, index) =>
            SchemeFile.Read("scheme.yaml", BaselineServer.ClassesBy($"s{index}", "rank", policy).Yaml).Scheme!);
        Rulebook rulebook = SomeSchemes.Rulebook(definitions);
        var at = Instant.From(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));
        return new BaselineSchedule(Hour).NextAfter(at, rulebook).ToString();
    }
}
