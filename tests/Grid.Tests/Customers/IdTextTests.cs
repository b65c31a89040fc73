using System.Text;
using Grid.Model.Customers;
using Shouldly;
using Xunit;

namespace Grid.Tests.Customers;

/// <summary>How an id from a sender is read.</summary>
public sealed class IdTextTests
{
    [Theory]
    [InlineData("u1", "u1")]
    [InlineData(" u1\t\r\n", "u1")]
    [InlineData("\u3000u1\u00A0", "u1")]
    [InlineData("\uFEFF\u200Bu1\u200D\u2060\u202E", "u1")]
    [InlineData("\u3164\u2800u1\uFFA0", "u1")]
    [InlineData("\U000E0001u1\U000E007F", "u1")]
    [InlineData("two words", "two words")]
    [InlineData("张\u3000三", "张\u3000三")]
    [InlineData("👩\u200D🚀", "👩\u200D🚀")]
    [InlineData("❤\uFE0F", "❤\uFE0F")]
    [InlineData(".", ".")]
    [InlineData("..", "..")]
    [InlineData(" anonymous: a1 ", "anonymous:a1")]
    public void IsTrimmedOfWhatNobodySees(string written, string expected)
    {
        CustomerId.Read(written, out var id).ShouldBeNull();
        id.Value.ShouldBe(expected);
    }

    [Theory]
    [InlineData("", "a customer id is empty")]
    [InlineData("  ", "it is blank")]
    [InlineData("\u3000\u00A0\u2003", "it is blank")]
    [InlineData("\u200B\u202E\u2800\u3164", "it is blank")]
    [InlineData("anonymous: \u3000", "it is blank")]
    [InlineData("a\u0000b", "it contains a control character")]
    [InlineData("a\u0085b", "it contains a control character")]
    [InlineData("a\u202Eb", "it contains the invisible character U+202E")]
    [InlineData("a\u2066b", "it contains the invisible character U+2066")]
    [InlineData("a\u200Bb", "it contains the invisible character U+200B")]
    [InlineData("a\u2028b", "it contains the invisible character U+2028")]
    [InlineData("a\u00ADb", "it contains the invisible character U+00AD")]
    [InlineData("a\u3164b", "it contains the invisible character U+3164")]
    [InlineData("a\U000E0041b", "it contains the invisible character U+E0041")]
    public void IsRefusedWhenItIsBlankOrHidesSomething(string written, string reason) => CustomerId.Read(written, out _).ShouldRead(reason);

    [Fact]
    public void HasAtMostSoManyBytesAfterTrimming()
    {
        CustomerId.Read($" {new string('a', 256)} ", out var id).ShouldBeNull();
        id.Value.Length.ShouldBe(256);
        CustomerId.Read(new string('a', 257), out _).ShouldRead("a customer id is longer than 256 bytes");
    }

    [Theory]
    [InlineData(" ", true)]
    [InlineData("\u3000\u200B", true)]
    [InlineData("\u3000茶", false)]
    [InlineData("茶", false)]
    [InlineData("a", false)]
    public void IsBlankInUtf8AsWell(string text, bool expected) => IdText.IsBlank(Encoding.UTF8.GetBytes(text)).ShouldBe(expected);
}
