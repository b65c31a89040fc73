using Grid.Model.Baselines;
using Grid.Rulebooks.Reading;
using Shouldly;
using Xunit;

namespace Grid.Tests.Schemes.Files;

/// <summary>Correct and incorrect baseline policies of a scheme.</summary>
public sealed class BrokenPolicyTests
{
    public static TheoryData<int, string, string> Cases { get; } = FaultCases.WithPlaces(
        """
        4| baseline: hourly
        | layers:
        => 4:11: "baseline" is continuous, frozen or { daily: "03:00", zone: Asia/Shanghai }; found "hourly".

        4| baseline: [frozen]
        | layers:
        => 4:11: "baseline" is continuous, frozen or { daily: "03:00", zone: Asia/Shanghai }; found a list.

        4| baseline: { daily: "24:00", zone: Asia/Shanghia }
        | layers:
        => 4:20: "24:00" is no time of day; write it as "03:00", from "00:00" to "23:59".
        => 4:35: "Asia/Shanghia" is no IANA time zone such as Asia/Shanghai; did you mean "Asia/Shanghai"?

        4| baseline: { at: "03:00" }
        | layers:
        => 4:11: "baseline" needs "daily"; write for example "daily: "03:00"".
        => 4:11: "baseline" needs "zone"; write for example "zone: Asia/Shanghai".
        => 4:13: "baseline" has no "at" (known: daily, zone).
        """);

    [Theory]
    [MemberData(nameof(Cases))]
    public void IsToldWithEveryPlaceAndWhatToWrite(int line, string replacement, string faults) =>
        SchemeText.Faults(SchemeText.With(line, replacement)).ShouldBe(faults);

    [Fact]
    public void IsReadWhereItIsWhole()
    {
        PolicyOf("layers:").ShouldBe(BaselinePolicy.Continuous);
        PolicyOf("baseline: continuous\nlayers:").ShouldBe(BaselinePolicy.Continuous);
        PolicyOf("baseline: frozen\nlayers:").ShouldBe(new FrozenPolicy("lifecycle"));
        PolicyOf("baseline: { daily: \"23:05\", zone: Europe/Berlin }\nlayers:")
            .ShouldBeOfType<DailyPolicy>().ToString().ShouldBe("daily 23:05 Europe/Berlin");
    }

    private static BaselinePolicy PolicyOf(string line4)
    {
        var read = SchemeFile.Read(SchemeText.FileName, SchemeText.With(4, line4));
        read.Faults.ShouldBeEmpty();
        return read.Scheme!.Baseline;
    }
}
