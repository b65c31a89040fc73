using System.Security.Cryptography;
using Grid.Ledger;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger;

public sealed class ShortMd5Tests
{
    [Fact]
    public void IsThatOfTheSystemForEveryLength()
    {
        var random = new Random(1);
        for (var length = 0; length <= ShortMd5.BytesMax; length++)
        {
            for (var time = 0; time < 50; time++)
            {
                var text = new byte[length];
                random.NextBytes(text);
#pragma warning disable CA5351 // MD5 is the reference here.
                ShortMd5.FirstByte(text).ShouldBe(MD5.HashData(text)[0], Convert.ToHexString(text));
#pragma warning restore CA5351 // End of the line above.
            }
        }
    }
}
