using System.Text;
using Grid.Rulebooks.Reading;
using Shouldly;
using Xunit;

namespace Grid.Tests.Schemes.Files;

public sealed class ManySchemeFilesTests
{
    [Fact]
    public void OfOneIdAreToldWithBothPlaces()
    {
        var result = SchemeFolder.Read([("a.yaml", Bytes(SchemeText.Valid)), ("b.yaml", Bytes("\n" + SchemeText.Valid))]);

        result.Schemes.Count.ShouldBe(1);
        result.Faults.ShouldHaveSingleItem().ToString()
            .ShouldBe("b.yaml:2:5: The scheme \"lifecycle\" is already defined at a.yaml:1:5; give this one another id.");
    }

    [Fact]
    public void AreAllReadWhenOneIsBroken()
    {
        var result = SchemeFolder.Read([("a.yaml", Bytes("id")), ("b.yaml", Bytes(SchemeText.Valid)), ("c.yaml", [0xFF])]);

        result.Schemes.ShouldHaveSingleItem().Id.ShouldBe("lifecycle");
        result.Faults.Select(fault => fault.Place.ToString()).ShouldBe(["a.yaml:1:1", "c.yaml:1:1"]);
    }

    [Fact]
    public void BeyondTheLimitAreRefused()
    {
        var files = Enumerable.Range(0, 65).Select(number => ($"{number}.yaml", Bytes(SchemeText.With(1, $"id: s{number}"))));

        var result = SchemeFolder.Read(files);

        result.Schemes.Count.ShouldBe(64);
        result.Faults.ShouldHaveSingleItem().ToString().ShouldBe("64.yaml:1:5: A rulebook has at most 64 schemes; remove this file.");
    }

    private static byte[] Bytes(string yaml) => Encoding.UTF8.GetBytes(yaml);
}
