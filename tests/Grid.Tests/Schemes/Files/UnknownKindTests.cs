using System.Text;
using Grid.Ingest.Mapping;
using Grid.Model;
using Grid.Rulebooks.Compiling;
using Grid.Rulebooks.Reading;
using Grid.Rulebooks.Shipped;
using Grid.Tests.Model;
using Shouldly;
using Xunit;

namespace Grid.Tests.Schemes.Files;

/// <summary>A rule that reads a kind of interaction which no event becomes would never hold.</summary>
public sealed class UnknownKindTests
{
    [Theory]
    [InlineData("tags: [{ tag: a, name: { zh: 甲, en: A }, when: \"interactions(chekin, 30d) >= 3\" }]", "1.yaml:1:49")]
    [InlineData("points: { interactions: { chekin: 5 } }", "1.yaml:1:9")]
    [InlineData("audience: a\nname: { zh: 甲, en: A }\nwhen: interactions(check-in, chekin, 30d) >= 3\n", "1.yaml:3:7")]
    public void IsRefusedWithThoseThatAreKnown(string yaml, string place)
    {
        var fault = Compiled([SomeRulebook.Lapsing(), yaml]).Faults.ShouldHaveSingleItem();
        fault.Place.ToString().ShouldBe(place);
        fault.Text.En.ShouldStartWith("no event becomes an interaction 'chekin' (known: activity-joined, chat-started, check-in, ");
        fault.Text.Zh.ShouldStartWith("没有任何事件会成为互动“chekin”（已知：activity-joined, chat-started, check-in, ");
    }

    [Fact]
    public void IsAskedForByNoShippedFile() =>
        RulebookCompiler.Compile(SchemeFolder.Read(ShippedSchemes.Files()), Currency.Cny, EventMapping.Shipped.InteractionKinds)
            .Faults.ShouldBeEmpty();

    private static RulebookResult Compiled(IEnumerable<string> files) => RulebookCompiler.Compile(
        SchemeFolder.Read(files.Select((yaml, index) => ($"{index}.yaml", Encoding.UTF8.GetBytes(yaml)))),
        Currency.Cny,
        EventMapping.Shipped.InteractionKinds);
}
