using Grid.Ingest.Mapping;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ingest;

/// <summary>Every mistake of a mapping file is reported with file, line and column.</summary>
public sealed class MistakenMappingFileTests
{
    public static TheoryData<string, string> Files { get; } = new()
    {
        { "- a", "brand.yaml:1:1: the file is expected to be a mapping of names to values" },
        { "event:\n  A: { fact: browse }", "brand.yaml:1:1: 'event' is unknown here; expected events or properties" },
        { "events:\n  A: browse", "brand.yaml:2:6: event 'A' is expected to be a mapping of names to values" },
        { "events:\n  A: { kind: x }", "brand.yaml:2:6: event 'A' has no fact" },
        { "events:\n  A: { fact: interaction }", "brand.yaml:2:6: event 'A' has no kind of interaction" },
        { "events:\n  A: { fact: browse, kind: x }", "brand.yaml:2:28: only an interaction has a kind" },
        { "events:\n  A: { fact: interaction, kind: Comment Added }",
            "brand.yaml:2:33: kind 'Comment Added' is not in kebab-case of at most 128 characters" },
        { "events:\n  A: { fact: [browse] }", "brand.yaml:2:14: fact is expected to be a name" },
        { "events:\n  A: { fact: browse, colour: x }", "brand.yaml:2:22: 'colour' is unknown here; expected fact or kind" },
        { "events:\n  '': { fact: browse }", "brand.yaml:2:3: a name has 1 to 128 bytes, this one has 0" },
        { "properties:\n  total: price", "brand.yaml:2:10: property 'total' is expected to be a list of names" },
        { "properties:\n  total: [revenue]", "brand.yaml:2:11: 'revenue' already means revenue" },
        { "properties:\n  total: [{}]", "brand.yaml:2:11: a name is expected" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void TellsWhereAndWhat(string yaml, string mistake) => Mistakes(yaml).ShouldBe([mistake]);

    [Fact]
    public void OfAnUnknownFactNamesThoseThereAre() =>
        Mistakes("events:\n  A: { fact: order }").Single()
            .ShouldStartWith("brand.yaml:2:14: fact 'order' is unknown; expected one of order-paid, ");

    [Fact]
    public void OfAnUnknownPropertyNamesThoseThereAre() =>
        Mistakes("properties:\n  price: [x]").Single()
            .ShouldStartWith("brand.yaml:2:3: property 'price' is unknown; expected one of order-id, ");

    [Fact]
    public void ThatIsNoYamlTellsWhere() =>
        Mistakes("events:\n  A: ]").Single().ShouldStartWith("brand.yaml:2:6: not readable as YAML: ");

    [Fact]
    public void WithAnEventTwiceTellsWhere() =>
        Mistakes("events:\n  A: { fact: browse }\n  A: { fact: browse }").Single().ShouldStartWith("brand.yaml:");

    [Fact]
    public void TellsAllMistakesAtOnce() =>
        Mistakes("events:\n  A: { fact: x }\n  B: { fact: y }").Count.ShouldBe(2);

    private static IReadOnlyList<string> Mistakes(string yaml) =>
        Should.Throw<MappingException>(() => EventMapping.Shipped.With("brand.yaml", yaml)).Mistakes;
}
