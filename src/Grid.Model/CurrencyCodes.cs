using System.Collections.Frozen;

namespace Grid.Model;

/// <summary>
/// The active currency codes of ISO 4217 that have a minor unit, by its decimals. Source: list one of the maintenance agency (SIX), as published on
/// 2024-06-25, with the amendments up to 180: XAD and XCG are new, ANG, BGN and CUC are withdrawn. Metals, units of account and test codes have none.
/// </summary>
public static class CurrencyCodes
{
    private const string None = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";

    private const string Two =
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK "
        + "DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR "
        + "LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR "
        + "SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER "
        + "ZAR ZMW ZWG";

    private const string Three = "BHD IQD JOD KWD LYD OMR TND";
    private const string Four = "CLF UYW";

    private static readonly FrozenDictionary<string, int> Decimals = Read((None, 0), (Two, 2), (Three, 3), (Four, 4));

    public static IReadOnlyCollection<string> All => Decimals.Keys;

    /// <summary>The decimals of a code's minor unit; null for a code that is not active or has no minor unit.</summary>
    public static int? DecimalsOf(string code) => Decimals.TryGetValue(code, out var decimals) ? decimals : null;

    private static FrozenDictionary<string, int> Read(params ReadOnlySpan<(string Codes, int Decimals)> groups)
    {
        var read = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (codes, decimals) in groups)
            foreach (var code in codes.Split(' '))
                read.Add(code, decimals);
        return read.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
