using Grid.Api.Rulebooks;
using Grid.Api.Schemes;
using Grid.Grains.Previews;
using Grid.Model.Customers;
using Grid.Model.Schemes;
using Grid.Rulebooks.Explaining;

namespace Grid.Api.Previews;

/// <summary>What publishing a rulebook would do, exact over all customers. Amounts are minor units.</summary>
/// <param name="Rulebook">The number that a publication would give it.</param>
/// <param name="InForce">The rulebook that it is compared with.</param>
/// <param name="Position">Events up to this position are included, none after it.</param>
/// <param name="AsOf">The instant of the assumed publication.</param>
/// <param name="Schemes">The schemes that are new, removed or move a customer, and the requested ones.</param>
/// <param name="Unchanged">Ids of the other schemes: every customer keeps its layer.</param>
public sealed record PreviewResponse(
    int Rulebook,
    int InForce,
    string Position,
    string AsOf,
    long Customers,
    IReadOnlyList<PreviewedScheme> Schemes,
    IReadOnlyList<string> Unchanged,
    IReadOnlyList<FaultView> Warnings)
{
    internal static PreviewResponse From(RulebookPreview preview, PreviewRequest draft)
    {
        var before = preview.Start.Rules.Rulebook;
        var after = preview.Rulebook.Schemes;
        var schemes = new List<PreviewedScheme>();
        var unchanged = new List<string>();
        for (var position = 0; position < after.Count; position++)
        {
            var scheme = preview.Schemes[position] is { } tally
                ? PreviewedScheme.From(before.Find(after[position].Id), after[position], tally)
                : null;
            if (scheme is null || (scheme.Change == PreviewedScheme.Unchanged && !draft.Schemes.Contains(scheme.Scheme))) unchanged.Add(after[position].Id);
            else schemes.Add(scheme);
        }

        schemes.AddRange(preview.Gone.Select(gone => PreviewedScheme.From(before.Find(gone.Key), null, gone.Value)));
        return new PreviewResponse(
            preview.Rulebook.Number,
            before.Number,
            preview.Start.Position.ToString(),
            preview.Start.AsOf.ToString(),
            preview.Customers,
            schemes,
            unchanged,
            [.. draft.Warnings.Select(FaultView.From)]);
    }
}

/// <param name="Change"><c>new</c>, <c>gone</c>, <c>changed</c>, or <c>unchanged</c>: the same layers, and every customer keeps its layer.</param>
/// <param name="Moved">Customers who would be in another layer, enter the scheme or leave it.</param>
/// <param name="Layers">Lowest rank first; layers that only the rulebook in force has come last.</param>
/// <param name="Cells">Customers per pair of layers, those who stay included; empty pairs are left out.</param>
public sealed record PreviewedScheme(
    string Scheme, NameView Name, string Change, long Moved, IReadOnlyList<PreviewedLayer> Layers, IReadOnlyList<PreviewedCell> Cells)
{
    internal const string Unchanged = "unchanged";

    internal static PreviewedScheme From(Scheme? before, Scheme? after, SchemeTally tally)
    {
        var (old, now) = (before?.Layers ?? [], after?.Layers ?? []);
        var cells = new List<PreviewedCell>();
        for (var from = LayerState.None; from < old.Count; from++)
            for (var to = LayerState.None; to < now.Count; to++)
                if (tally[from, to] is { } cell)
                    cells.Add(PreviewedCell.Create(from < 0 ? null : old[from], to < 0 ? null : now[to], cell));
        var moved = cells.Where(cell => cell.From != cell.To).Sum(cell => cell.Customers);
        var change = before is null ? "new" : after is null ? "gone" : moved == 0 && old.SequenceEqual(now) ? Unchanged : "changed";
        return new PreviewedScheme(
            (after ?? before)!.Id,
            NameView.From((after ?? before)!.Definition.Name),
            change,
            moved,
            [
                .. now.Concat(old.Where(layer => !now.Contains(layer))).Select(layer => new PreviewedLayer(
                    layer,
                    NameOf(layer, after, before),
                    old.Contains(layer) ? cells.Where(cell => cell.From == layer).Sum(cell => cell.Customers) : null,
                    now.Contains(layer) ? cells.Where(cell => cell.To == layer).Sum(cell => cell.Customers) : null)),
            ],
            cells);
    }

    /// <summary>The name in the draft; a layer that only the rulebook in force has keeps its name.</summary>
    private static NameView NameOf(string layer, Scheme? after, Scheme? before) => NameView.From(
        new[] { after, before }.OfType<Scheme>().SelectMany(scheme => scheme.Definition.Layers).First(known => known.Id == layer).Name);
}

/// <param name="Before">Members now; null when the rulebook in force has no such layer.</param>
/// <param name="After">Members after publication; null when the draft has no such layer.</param>
public sealed record PreviewedLayer(string Layer, NameView Name, long? Before, long? After);

/// <param name="From">Null for customers who enter the scheme.</param>
/// <param name="To">Null for customers who leave the scheme.</param>
/// <param name="Revenue">The customers' lifetime spend less refunds.</param>
/// <param name="RevenueOfYear">The customers' spend less refunds of the last 365 days.</param>
/// <param name="Examples">Up to ten of them, those with the lowest ids.</param>
public sealed record PreviewedCell(
    string? From, string? To, long Customers, long Revenue, long RevenueOfYear, IReadOnlyList<PreviewedCustomer> Examples)
{
    internal static PreviewedCell Create(string? from, string? to, Cell cell) => new(
        from,
        to,
        cell.Customers,
        cell.Revenue,
        cell.RevenueOfYear,
        [.. cell.Examples.Select(example => new PreviewedCustomer(example.Customer.Value, example.Decision))]);
}

/// <param name="Reason">Why the new rulebook puts the customer there.</param>
public sealed record PreviewedCustomer(string Customer, DecisionView Reason);
