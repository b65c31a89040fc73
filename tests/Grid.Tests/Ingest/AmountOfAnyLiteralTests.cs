using System.Globalization;
using System.Numerics;
using System.Text;
using Grid.Ingest.Values;
using Grid.Model;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ingest;

/// <summary>Money from the digits of its literal.</summary>
public sealed class AmountOfAnyLiteralTests
{
    [Theory]
    [InlineData("19.989999999999998", 1999)]
    [InlineData("0.1", 10)]
    [InlineData("0.30000000000000004", 30)]
    [InlineData("0.005", 0)]
    [InlineData("0.015", 2)]
    [InlineData("0.025", 2)]
    [InlineData("0.0250000000000000000000000000000000000001", 3)]
    [InlineData("0.994", 99)]
    [InlineData("0.995", 100)]
    [InlineData("0.0049999999999999999999999999999999999999", 0)]
    [InlineData("1.5e1", 1500)]
    [InlineData("15e-3", 2)]
    [InlineData("25E-3", 2)]
    [InlineData("1E+2", 10000)]
    [InlineData("1e-400", 0)]
    [InlineData("0e400", 0)]
    [InlineData("0e999999999999", 0)]
    [InlineData("-0.00", 0)]
    [InlineData("10000000000", 1_000_000_000_000)]
    [InlineData("10000000000.005", 1_000_000_000_000)]
    public void IsRoundedHalfEvenToTheMinorUnit(string literal, long expected)
    {
        Amount.Read(Encoding.UTF8.GetBytes(literal), 2, out var amount).ShouldBeNull();
        amount.ShouldBe(expected);
    }

    [Theory]
    [InlineData("1234.5", 0, 1234)]
    [InlineData("1235.5", 0, 1236)]
    [InlineData("1.23456", 3, 1235)]
    public void HasTheDecimalsOfItsCurrency(string literal, int minorUnits, long expected)
    {
        Amount.Read(Encoding.UTF8.GetBytes(literal), minorUnits, out var amount).ShouldBeNull();
        amount.ShouldBe(expected);
    }

    [Theory]
    [InlineData("1e", Amount.NoNumber)]
    [InlineData("1e+", Amount.NoNumber)]
    [InlineData(".", Amount.NoNumber)]
    [InlineData("1.2.3", Amount.NoNumber)]
    [InlineData("¥5", Amount.NoNumber)]
    [InlineData("0x10", Amount.NoNumber)]
    [InlineData(" 5", Amount.NoNumber)]
    [InlineData("+Infinity", Amount.NotFinite)]
    [InlineData("nan", Amount.NotFinite)]
    [InlineData("10000000000.006", Amount.TooLarge)]
    [InlineData("1e99999999999", Amount.TooLarge)]
    [InlineData("-1e99", Amount.Negative)]
    [InlineData("-1e-99", Amount.Negative)]
    public void ThatIsNoneHasItsReason(string literal, string reason) =>
        Amount.Read(Encoding.UTF8.GetBytes(literal), 2, out _).ShouldBe(reason);

    /// <summary>Against whole-number arithmetic that rounds by division, over seeded literals of every shape.</summary>
    [Fact]
    public void EqualsExactArithmetic()
    {
        var random = new Random(20260601);
        for (var count = 0; count < 200_000; count++)
        {
            var digits = random.NextInt64(0, 1L << random.Next(1, 50));
            var scale = random.Next(0, 14);
            var exponent = random.Next(-6, 7);
            var literal = Spell(digits, scale, exponent, random.Next(0, 3));
            var expected = Round(digits, 2 + exponent - scale);

            var reason = Amount.Read(Encoding.UTF8.GetBytes(literal), 2, out var amount);
            if (expected > Limits.AmountMax) reason.ShouldBe(Amount.TooLarge, literal);
            else if (reason is not null || amount != expected) amount.ShouldBe((long)expected, $"{literal}: {reason}");
        }
    }

    private static string Spell(long digits, int scale, int exponent, int form)
    {
        var text = digits.ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        if (scale > 0) text = text.Insert(text.Length - scale, ".");
        return form switch
        {
            0 when exponent == 0 => text,
            1 => $"{text}E{exponent.ToString("+0;-0;+0", CultureInfo.InvariantCulture)}",
            _ => $"{text}e{exponent}",
        };
    }

    private static BigInteger Round(long digits, int power)
    {
        if (power >= 0) return digits * BigInteger.Pow(10, power);
        var divisor = BigInteger.Pow(10, -power);
        var whole = BigInteger.DivRem(digits, divisor, out var rest);
        var twice = (rest * 2).CompareTo(divisor);
        return twice > 0 || (twice == 0 && !whole.IsEven) ? whole + 1 : whole;
    }
}
