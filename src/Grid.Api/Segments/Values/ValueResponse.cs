using System.Runtime.InteropServices;
using Grid.Api.Schemes;
using Grid.Grains.Populations;
using Grid.Model.Baselines;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;

namespace Grid.Api.Segments.Values;

/// <summary>The value of each layer's members. Amounts are minor units; shares are from 0 to 1.</summary>
/// <param name="Position">Events up to this position are counted, none after it.</param>
/// <param name="AsOf">The instant of layers and windows.</param>
/// <param name="Revenue">Paid in the window by all customers, less the refunds booked in it.</param>
/// <param name="Top">The 20 % of the buyers who spent most (二八).</param>
public sealed record ValueResponse(
    string Scheme,
    string Window,
    string Position,
    string AsOf,
    long Population,
    long Revenue,
    long Orders,
    IReadOnlyList<LayerValue> Layers,
    TopValue Top)
{
    internal static ValueResponse From(string scheme, Window window, PassResult<ValueTally> pass, ValueTally tally)
    {
        var definition = pass.Start.Rules.Rulebook.Find(scheme)!.Definition;
        var revenue = tally.Layers.Sum(layer => layer.Revenue);
        return new ValueResponse(
            scheme,
            window.Text,
            pass.Start.Position.ToString(),
            pass.Start.AsOf.ToString(),
            pass.Customers,
            revenue,
            tally.Layers.Sum(layer => layer.Orders),
            [.. definition.Layers.Select((layer, rank) => LayerValue.From(layer, tally.Layers[rank], pass.Customers, revenue))],
            TopValue.From(tally.Spends, revenue));
    }
}

/// <param name="Share">Of all customers; null when there are none.</param>
/// <param name="RevenueShare">Null when the revenue of all is not above 0.</param>
/// <param name="AverageOrderValue">Revenue by orders, rounded down; null without orders.</param>
/// <param name="MedianOrderInterval">
/// Milliseconds: the median over members of their own median interval between successive orders, the lower of two middle ones. Counts members with
/// two orders or more kept in detail, at any time; null when there are none.
/// </param>
/// <param name="MembersWithInterval">The number of members with such an interval.</param>
/// <param name="Guidance">Null when the scheme gives none.</param>
public sealed record LayerValue(
    string Layer,
    long Members,
    double? Share,
    long Revenue,
    double? RevenueShare,
    long Orders,
    long? AverageOrderValue,
    long? MedianOrderInterval,
    long MembersWithInterval,
    HeldGuidance? Guidance)
{
    internal static LayerValue From(LayerDefinition layer, LayerTally tally, long population, long revenue)
    {
        var intervals = CollectionsMarshal.AsSpan(tally.Intervals);
        intervals.Sort();
        return new LayerValue(
            layer.Id,
            tally.Members,
            ShareOf(tally.Members, population),
            tally.Revenue,
            ShareOf(tally.Revenue, revenue),
            tally.Orders,
            tally.Orders == 0 ? null : (long)Math.Floor((decimal)tally.Revenue / tally.Orders),
            intervals.IsEmpty ? null : intervals[(intervals.Length - 1) / 2],
            intervals.Length,
            layer.Guidance is { } guidance
                ? new HeldGuidance(
                    HeldBand.Create(guidance.Customers, tally.Members, population), HeldBand.Create(guidance.Revenue, tally.Revenue, revenue))
                : null);
    }

    internal static double? ShareOf(long part, long whole) => whole <= 0 ? null : (double)part / whole;
}

/// <summary>The guidance compared with the actual shares; null where the scheme gives none.</summary>
public sealed record HeldGuidance(HeldBand? Customers, HeldBand? Revenue);

/// <param name="From">A share from 0 to 1, inside.</param>
/// <param name="To">A share from 0 to 1, inside.</param>
/// <param name="Holds">Null when the whole is 0, so that there is no share.</param>
public sealed record HeldBand(double From, double To, bool? Holds)
{
    internal static HeldBand? Create(ShareBand? band, long part, long whole) =>
        band is { } shares && BandView.Create(band) is { } view ? new HeldBand(view.From, view.To, shares.Holds(part, whole)) : null;
}

/// <summary>The top buyers: with the spend of the nominal-th buyer or more, ties included.</summary>
/// <param name="Percent">Of the buyers.</param>
/// <param name="Buyers">Customers with at least one order in the window.</param>
/// <param name="Nominal">The percentage of the buyers, rounded up.</param>
/// <param name="WithTies">The number of buyers who spent at least the threshold.</param>
/// <param name="Threshold">Minor units; null without buyers.</param>
/// <param name="RevenueShare">Of all revenue; null when that is not above 0.</param>
public sealed record TopValue(
    int Percent, long Buyers, long Nominal, long WithTies, long? Threshold, long Revenue, double? RevenueShare)
{
    private const int PerMille = 200;

    internal static TopValue From(List<long> spends, long revenue)
    {
        var values = CollectionsMarshal.AsSpan(spends);
        var top = Ranking.Rank("spend", values, [PerMille]).Tops[0];
        long sum = 0;
        foreach (var spend in values)
            if (spend >= top.Threshold)
                sum += spend;
        return new TopValue(
            PerMille / 10,
            values.Length,
            top.Nominal,
            top.WithTies,
            values.IsEmpty ? null : top.Threshold,
            sum,
            LayerValue.ShareOf(sum, revenue));
    }
}
