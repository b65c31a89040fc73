using System.Globalization;

namespace Grid.Model;

/// <summary>The one currency of a deployment: its ISO 4217 code and how many decimals its minor unit has.</summary>
public sealed record Currency(string Code, int MinorUnits)
{
    public static readonly Currency Cny = new("CNY", 2);

    private decimal Scale { get; } = (decimal)Math.Pow(10, MinorUnits);

    /// <summary>Major units to minor units, rounded half to even; null when it does not fit.</summary>
    public long? ToMinor(decimal major)
    {
        if (Math.Abs(major) > long.MaxValue / 2 / Scale) return null;
        return (long)Math.Round(major * Scale, MidpointRounding.ToEven);
    }

    public decimal ToMajor(long minor) => minor / Scale;

    /// <summary>Minor units as major units with all decimals, for example <c>120.00</c>.</summary>
    public string Format(long minor) => ToMajor(minor).ToString("F" + MinorUnits, CultureInfo.InvariantCulture);
}
