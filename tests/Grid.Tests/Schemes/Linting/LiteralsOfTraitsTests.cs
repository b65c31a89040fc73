using Shouldly;
using Xunit;

namespace Grid.Tests.Schemes.Linting;

/// <summary>The linter tells literals apart as the evaluation does.</summary>
public sealed class LiteralsOfTraitsTests
{
    [Theory]
    [InlineData("trait(area) = '010'", "trait(area) = 10", false)]
    [InlineData("trait(area) = 10", "trait(area) = '010'", true)]
    [InlineData("trait(vip) = 'yes'", "trait(vip) = yes", false)]
    [InlineData("trait(vip) = yes", "trait(vip) = 'yes'", true)]
    [InlineData("trait(vip) = yes", "trait(vip) = 'true'", false)]
    [InlineData("trait(area) in ['010', '20']", "trait(area) = 20", false)]
    public void ShadowOneAnotherOnlyWhenTheyMeetTheSame(string first, string second, bool isShadowed)
    {
        var compiled = LintedText.Compiled($"""
              - layer: vip
                when: "{first}"
              - layer: rest
                when: "{second}"
              - layer: vip

            """);
        compiled.Faults.Any().ShouldBe(isShadowed, string.Join('\n', compiled.Faults));
    }
}
