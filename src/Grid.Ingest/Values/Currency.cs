namespace Grid.Ingest.Values;

/// <summary>The one currency of the deployment.</summary>
/// <param name="Code">ISO 4217, for example CNY.</param>
/// <param name="MinorUnits">Decimals of the minor unit: 2 for fen and cents, 0 for yen.</param>
public sealed record Currency(string Code, int MinorUnits)
{
    public static readonly Currency Yuan = new("CNY", 2);
}
