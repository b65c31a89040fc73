using System.Globalization;
using System.Numerics;
using System.Text;
using Grid.Ingest.Values;
using Grid.Model;
using Grid.Model.Rejections;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ingest;

/// <summary>Money from the digits of its literal.</summary>
public sealed class AmountOfAnyLiteralTests
{
    [Theory]
    [InlineData("0.1", 10)]
    [InlineData("1.5e1", 1500)]
    [InlineData("1E+2", 10000)]
    [InlineData("5.", 500)]
    [InlineData(".5", 50)]
    [InlineData("19.990000", 1999)]
    [InlineData("0e400", 0)]
    [InlineData("0e999999999999", 0)]
    [InlineData("-0.00", 0)]
    [InlineData("10000000000", 1_000_000_000_000)]
    public void IsTakenAsItIsWritten(string literal, long expected) => Taken(literal).ShouldBe(expected);

    [Theory]
    [InlineData("19.989999999999998", 1999)]
    [InlineData("0.30000000000000004", 30)]
    [InlineData("5.551115123125783e-17", 0)]
    [InlineData("1e-400", 0)]
    [InlineData("9999999999.990002", 999_999_999_999)]
    [InlineData("19.989999771118164", 1999)]
    [InlineData("0.10000000149011612", 10)]
    [InlineData("99999.9921875", 9_999_999)]
    public void LosesTheNoiseOfBinaryNumbers(string literal, long expected) => Taken(literal).ShouldBe(expected);

    [Theory]
    [InlineData("0.005")]
    [InlineData("19.995")]
    [InlineData("0.025")]
    [InlineData("0.994")]
    [InlineData("15e-3")]
    [InlineData("0.0000001")]
    [InlineData("1234567.875")]
    [InlineData("0.0049999999999999999999999999999999999999")]
    public void HasNoMoreDecimalsThanItsCurrency(string literal) => Read(literal).ShouldBe(Reasons.AmountTooPrecise);

    [Theory]
    [InlineData("1234", 0, 1234, null)]
    [InlineData("1234.5", 0, 0, nameof(Reasons.AmountTooPrecise))]
    [InlineData("1.234", 3, 1234, null)]
    [InlineData("1.23456", 3, 0, nameof(Reasons.AmountTooPrecise))]
    public void HasTheDecimalsOfItsCurrency(string literal, int minorUnits, long expected, string? reason)
    {
        Amount.Read(Encoding.UTF8.GetBytes(literal), minorUnits, out var amount).ShouldHaveCode(reason);
        amount.ShouldBe(expected);
    }

    [Theory]
    [InlineData("1e", nameof(Reasons.AmountNoNumber))]
    [InlineData("1e+", nameof(Reasons.AmountNoNumber))]
    [InlineData(".", nameof(Reasons.AmountNoNumber))]
    [InlineData("1.2.3", nameof(Reasons.AmountNoNumber))]
    [InlineData("¥5", nameof(Reasons.AmountNoNumber))]
    [InlineData("0x10", nameof(Reasons.AmountNoNumber))]
    [InlineData(" 5", nameof(Reasons.AmountNoNumber))]
    [InlineData("+Infinity", nameof(Reasons.AmountNotFinite))]
    [InlineData("nan", nameof(Reasons.AmountNotFinite))]
    [InlineData("10000000000.01", nameof(Reasons.AmountTooLarge))]
    [InlineData("79228162514264337593543950336", nameof(Reasons.AmountTooLarge))]
    [InlineData("1e99999999999", nameof(Reasons.AmountTooLarge))]
    [InlineData("-1e99", nameof(Reasons.AmountNegative))]
    [InlineData("-0.01", nameof(Reasons.AmountNegative))]
    public void ThatIsNoneHasItsReason(string literal, string reason) => Read(literal).ShouldHaveCode(reason);

    /// <summary>Against whole-number arithmetic, over seeded literals of every shape. What is nearly whole may be noise and is left out.</summary>
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
            var (whole, part) = Split(digits, 2 + exponent - scale);
            if (part is > 0 and < 0.02 or > 0.98) continue;

            var reason = Amount.Read(Encoding.UTF8.GetBytes(literal), 2, out var amount);
            if (whole >= Limits.AmountMax && (whole > Limits.AmountMax || part > 0.5)) reason.ShouldBe(Reasons.AmountTooLarge, literal);
            else if (part > 0) reason.ShouldBe(Reasons.AmountTooPrecise, literal);
            else if (reason is not null || amount != whole) amount.ShouldBe((long)whole, $"{literal}: {reason}");
        }
    }

    /// <summary>What a shop sends that adds prices up in doubles, or keeps them in 32 bits.</summary>
    [Fact]
    public void SurvivesTheArithmeticOfItsSender()
    {
        var random = new Random(20260602);
        for (var count = 0; count < 100_000; count++)
        {
            var prices = Enumerable.Range(0, random.Next(1, 20)).Select(_ => random.NextInt64(0, 100_000)).ToList();
            Taken(prices.Sum(price => price / 100d).ToString("R", CultureInfo.InvariantCulture)).ShouldBe(prices.Sum());
            Taken(((double)(prices[0] / 100f)).ToString("R", CultureInfo.InvariantCulture)).ShouldBe(prices[0]);
        }
    }

    private static Reason? Read(string literal) => Amount.Read(Encoding.UTF8.GetBytes(literal), 2, out _);

    private static long Taken(string literal)
    {
        Amount.Read(Encoding.UTF8.GetBytes(literal), 2, out var amount).ShouldBeNull(literal);
        return amount;
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

    /// <summary>Minor units, and the part of one that is left.</summary>
    private static (BigInteger Whole, double Part) Split(long digits, int power)
    {
        if (power >= 0) return (digits * BigInteger.Pow(10, power), 0);
        var divisor = BigInteger.Pow(10, -power);
        var whole = BigInteger.DivRem(digits, divisor, out var rest);
        return (whole, (double)rest / (double)divisor);
    }
}
