namespace Grid.Model.Schemes.Definitions;

/// <summary>The intended share of a layer in all customers and in all revenue; null where the file gives none.</summary>
public sealed record LayerGuidance(ShareBand? Customers, ShareBand? Revenue);

/// <summary>From one share to another, both inside, in thousandths.</summary>
public readonly record struct ShareBand(int From, int To)
{
    /// <summary>Whether a part of a whole lies within the share, in integers; null when the whole is not above 0.</summary>
    public bool? Holds(long part, long whole)
    {
        if (whole <= 0) return null;
        var thousandths = (Int128)part * 1000;
        return thousandths >= (Int128)whole * From && thousandths <= (Int128)whole * To;
    }
}
