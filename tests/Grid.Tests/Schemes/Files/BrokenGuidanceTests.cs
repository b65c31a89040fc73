using Grid.Model.Schemes.Definitions;
using Grid.Rulebooks.Reading;
using Shouldly;
using Xunit;

namespace Grid.Tests.Schemes.Files;

public sealed class BrokenGuidanceTests
{
    public static TheoryData<int, string, string> Cases { get; } = FaultCases.WithPlaces(
        """
        5|   - { id: new, name: { zh: 新客, en: New }, playbook: { zh: 欢迎, en: Welcome }, lapsed: maybe }
        => 5:86: "lapsed" is true or false, not "maybe".

        5|   - { id: new, name: { zh: 新客, en: New }, playbook: { zh: 欢迎, en: Welcome }, guidance: 30% }
        => 5:88: "guidance" is a mapping such as { customers: 30-50%, revenue: 15-20% }; found text.

        5|   - { id: new, name: { zh: 新客, en: New }, playbook: { zh: 欢迎, en: Welcome }, guidance: {} }
        => 5:88: "guidance" says nothing; give a share of customers or of revenue, such as { customers: 30-50%, revenue: 15-20% }.

        5|   - { id: new, name: { zh: 新客, en: New }, playbook: { zh: 欢迎, en: Welcome }, guidance: { customer: 3-5% } }
        => 5:88: "guidance" says nothing; give a share of customers or of revenue, such as { customers: 30-50%, revenue: 15-20% }.
        => 5:90: "guidance" has no "customer" (known: customers, revenue); did you mean "customers"?

        5|   - { id: new, name: { zh: 新客, en: New }, playbook: { zh: 欢迎, en: Welcome }, guidance: { customers: 50-30%, revenue: 0.3 } }
        => 5:101: "50-30%" is no band of shares; write two percentages from 0 to 100, the smaller first, such as "customers: 30-50%".
        => 5:118: "0.3" is no band of shares; write two percentages from 0 to 100, the smaller first, such as "revenue: 30-50%".

        5|   - { id: new, name: { zh: 新客, en: New }, playbook: { zh: 欢迎, en: Welcome }, guidance: { revenue: 90-101% } }
        => 5:99: "90-101%" is no band of shares; write two percentages from 0 to 100, the smaller first, such as "revenue: 30-50%".
        """);

    [Theory]
    [MemberData(nameof(Cases))]
    public void IsToldWithItsPlace(int line, string replacement, string faults) =>
        SchemeText.Faults(SchemeText.With(line, replacement)).ShouldBe(faults);

    [Theory]
    [InlineData("30-50%", 300, 500)]
    [InlineData("0-0.5%", 0, 5)]
    [InlineData("12.5% - 100%", 125, 1000)]
    public void IsNotThatOfTwoPercentages(string written, int from, int to)
    {
        var layer = $"  - {{ id: new, name: {{ zh: 新客, en: New }}, playbook: {{ zh: 欢迎, en: Welcome }}, lapsed: true, guidance: {{ revenue: {written} }} }}";

        var result = SchemeFile.Read(SchemeText.FileName, SchemeText.With(5, layer));

        result.Faults.ShouldBeEmpty();
        result.Scheme!.Layers[0].Lapsed.ShouldBeTrue();
        result.Scheme.Layers[0].Guidance.ShouldBe(new LayerGuidance(null, new ShareBand(from, to)));
        result.Scheme.Layers[1].Lapsed.ShouldBeFalse();
        result.Scheme.Layers[1].Guidance.ShouldBeNull();
    }

    [Fact]
    public void HasBothEndsInside()
    {
        var band = new ShareBand(150, 200);

        band.Holds(15, 100).ShouldBe(true);
        band.Holds(20, 100).ShouldBe(true);
        band.Holds(149, 1000).ShouldBe(false);
        band.Holds(2001, 10000).ShouldBe(false);
        band.Holds(0, 0).ShouldBeNull();
    }
}
