using Grid.Model.Bytes;
using Shouldly;
using Xunit;

namespace Grid.Tests.Model;

/// <summary>Searching a text in the bytes of a <see cref="ByteWriter"/>.</summary>
public sealed class WrittenTextTests
{
    [Theory]
    [InlineData("u1", true)]
    [InlineData("u126", true)]
    [InlineData("用户", true)]
    [InlineData("u12", false)]
    [InlineData("126", false)]
    [InlineData("户", false)]
    public void IsFoundAsAWholeOnly(string text, bool isFound)
    {
        var writer = new ByteWriter();
        foreach (var written in (string[])["u126", "u1", "用户"]) writer.Text(written);

        (writer.Written.IndexOf(ByteWriter.TextBytes(text)) >= 0).ShouldBe(isFound);
    }
}
