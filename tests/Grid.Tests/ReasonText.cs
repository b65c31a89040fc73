using Grid.Model.Rejections;
using Shouldly;

namespace Grid.Tests;

/// <summary>Compares a reason with its English text, as it is stored, or with its code.</summary>
internal static class ReasonText
{
    public static void ShouldRead(this Reason? reason, string? english) => (reason is null ? null : $"{reason}").ShouldBe(english);

    public static void ShouldHaveCode(this Reason? reason, string? code) => (reason?.Code).ShouldBe(code);
}
