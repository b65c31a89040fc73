namespace Grid.Model.Schemes.Definitions;

/// <summary>What share of all customers and of all revenue a layer is meant to have; null where the file says nothing.</summary>
public sealed record LayerGuidance(ShareBand? Customers, ShareBand? Revenue);

/// <summary>From one share to another, both inside, in thousandths.</summary>
public readonly record struct ShareBand(int From, int To)
{
    /// <summary>Whether a part of a whole is inside, in integers; null of a whole that is not above 0.</summary>
    public bool? Holds(long part, long whole)
    {
        if (whole <= 0) return null;
        var thousandths = (Int128)part * 1000;
        return thousandths >= (Int128)whole * From && thousandths <= (Int128)whole * To;
    }
}
