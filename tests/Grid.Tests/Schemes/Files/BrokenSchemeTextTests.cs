using System.Text;
using Grid.Rulebooks.Reading;
using Shouldly;
using Xunit;

namespace Grid.Tests.Schemes.Files;

public sealed class BrokenSchemeTextTests
{
    [Fact]
    public void InAnotherEncodingIsToldAtItsFirstByte()
    {
        byte[] yaml = [.. Encoding.UTF8.GetPreamble(), .. "id: a\nname: 生"u8, 0xC9, 0xFA];

        SchemeFile.Read("a.yaml", yaml).Faults.ShouldHaveSingleItem().ToString()
            .ShouldBe("a.yaml:2:8: The byte 0xC9 is not UTF-8; save the file as UTF-8.");
    }

    [Fact]
    public void InUtf16IsRefusedAtItsFirstByte() =>
        SchemeFile.Read("a.yaml", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(SchemeText.Valid)])
            .Faults.ShouldHaveSingleItem().ToString()
            .ShouldBe("a.yaml:1:1: The byte 0xFF is not UTF-8; save the file as UTF-8.");

    [Fact]
    public void WithAByteOrderMarkIsReadAsWithout() =>
        SchemeFile.Read("a.yaml", [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(SchemeText.Valid)]).Faults.ShouldBeEmpty();

    [Fact]
    public void WithWindowsLineEndsIsReadAsWithout()
    {
        var result = SchemeFile.Read("a.yaml", SchemeText.Valid.Replace("\n", "\r\n"));

        result.Faults.ShouldBeEmpty();
        result.Scheme!.Rules[0].When!.Place.ToString().ShouldBe("a.yaml:9:11");
    }

    [Theory]
    [InlineData("id: a\0b", "1:6", "U+0000")]
    [InlineData("id: a\rname: b", "1:6", "U+000D")]
    [InlineData("id: a\n# \u2028", "2:3", "U+2028")]
    [InlineData("id: a\u0085", "1:6", "U+0085")]
    [InlineData("id: \uFEFFa", "1:5", "U+FEFF")]
    [InlineData("id: \u001B[0m", "1:5", "U+001B")]
    public void WithAForbiddenCharacterIsToldItsCode(string yaml, string place, string code) =>
        SchemeText.Faults(yaml).ShouldBe($"shop.yaml:{place}: The character {code} has no place in a scheme file; remove it.");

    [Fact]
    public void WithHalfACharacterIsToldItsCode()
    {
        var (high, low) = ((char)0xD83D, (char)0xDE00);

        SchemeText.Faults($"id: {high}x{low}").ShouldBe(
            """
            shop.yaml:1:5: The character U+D83D has no place in a scheme file; remove it.
            shop.yaml:1:7: The character U+DE00 has no place in a scheme file; remove it.
            """);
        SchemeText.Faults($"id: {high}{low}").ShouldNotContain("has no place");
    }

    [Fact]
    public void WithTabsIsToldEachLine() =>
        SchemeText.Faults("id: a\n\tname: b\n  \tx: y\n")
            .ShouldBe("shop.yaml:2:1: A tab cannot indent; use spaces.\nshop.yaml:3:3: A tab cannot indent; use spaces.");

    [Theory]
    [InlineData("")]
    [InlineData("\n\n# Nothing but a comment.\n")]
    public void WithoutContentIsEmpty(string yaml) =>
        SchemeText.Faults(yaml).ShouldBe("shop.yaml:1:1: The file is empty; a scheme begins with \"id:\".");

    [Theory]
    [InlineData("hello", "text")]
    [InlineData("- id: a", "a list")]
    public void ThatIsNoMappingIsTold(string yaml, string found) =>
        SchemeText.Faults(yaml).ShouldBe(
            "shop.yaml:1:1: A scheme is a mapping such as \"id: lifecycle\", \"name: …\", \"layers: …\", \"rules: …\"; "
            + $"found {found}.");

    [Fact]
    public void WithASecondDocumentIsToldWhereItBegins() =>
        SchemeText.Faults(SchemeText.Valid + "---\nid: other\n")
            .ShouldBe("shop.yaml:11:1: A second document begins here; write one scheme a file.");

    [Theory]
    [InlineData("id: @a", "1:5")]
    [InlineData("id: [a", "2:1")]
    [InlineData("id: {", "2:1")]
    [InlineData("id: \"a", "1:5")]
    [InlineData("id: a: b", "1:6")]
    [InlineData("%YAML 9.9\n---\nid: a", "1:1")]
    public void ThatIsNoYamlIsToldWhereReadingStopped(string yaml, string place) =>
        SchemeText.Faults(yaml + "\n").ShouldStartWith($"shop.yaml:{place}: This is not YAML");

    [Fact]
    public void WithAnchorsAliasesAndTagsIsToldEach() =>
        SchemeText.Faults(SchemeText.With(5, "  - &a { id: !x new, name: *a, playbook: { zh: 欢迎, en: Welcome } }")).ShouldBe(
            """
            shop.yaml:5:5: The anchor "&a" is not understood here; write the value out where it is used.
            shop.yaml:5:14: The tag "!x" is not understood here; leave it out.
            shop.yaml:5:28: The alias "*a" is not understood here; write the value out.
            shop.yaml:10:12: The scheme has no layer "new" (known: loyal).
            """);
}
