using Grid.Grains.Populations;
using Grid.Model;
using Grid.Model.Customers;
using Grid.Model.Time;
using Grid.Rulebooks.Explaining;

namespace Grid.Grains.Previews;

/// <summary>
/// Makes each customer adopt the candidate as its next turn would, without the parts that a preview does not need: the next deadline and the encoded
/// state. Schemes that can move no customer are not decided.
/// </summary>
internal sealed class PreviewVisitor : IPopulationVisitor
{
    private static readonly Window Year = Window.Rolling(365 * MillisecondsPer.Day, "365d");
    private readonly ScanContext _start;
    private readonly PreviewedRulebook _candidate;
    private readonly Currency _currency;
    private readonly LayerState[] _layers;
    private readonly int[] _gone;

    /// <param name="requested">Ids of schemes that are counted even when they can move no customer.</param>
    public PreviewVisitor(ScanContext start, PreviewedRulebook candidate, IReadOnlySet<string> requested, Currency currency)
    {
        (_start, _candidate, _currency) = (start, candidate, currency);
        var schemes = candidate.Rulebook.Schemes;
        var before = candidate.Before.Rulebook.Schemes;
        _layers = new LayerState[schemes.Count];
        _gone = [.. Enumerable.Range(0, before.Count).Where(position => candidate.Rulebook.Find(before[position].Id) is null)];
        Schemes = new SchemeTally?[schemes.Count];
        for (var position = 0; position < schemes.Count; position++)
            if (candidate.IsDecided[position] || requested.Contains(schemes[position].Id))
                Schemes[position] = new SchemeTally(
                    candidate.Earlier(position) is >= 0 and var earlier ? before[earlier].Layers.Count : 0, schemes[position].Layers.Count);
        Gone = before.Where(scheme => candidate.Rulebook.Find(scheme.Id) is null)
            .ToDictionary(scheme => scheme.Id, scheme => new SchemeTally(scheme.Layers.Count, 0));
    }

    /// <summary>Tallies by position in the candidate; null for schemes that are not counted.</summary>
    public SchemeTally?[] Schemes { get; }

    /// <summary>Tallies of schemes that the candidate does not have, by id.</summary>
    public IReadOnlyDictionary<string, SchemeTally> Gone { get; }

    public void Visit(CustomerRow row, Customer customer)
    {
        _start.BringUp(row, customer);
        var at = Instant.Max(_start.AsOf, customer.EvaluatedAt);
        var orders = customer.Orders;
        var revenue = orders.Gross(Window.All, at) - orders.Refunded(Window.All, at);
        var revenueOfYear = orders.Gross(Year, at) - orders.Refunded(Year, at);
        var old = customer.Layers;
        foreach (var position in _gone)
        {
            var cell = Gone[_candidate.Before.Rulebook.Schemes[position].Id].Of(old[position].Layer, LayerState.None);
            cell.Count(revenue, revenueOfYear);
            if (cell.Shows(row.Customer)) cell.Show(new PreviewExample(row.Customer, DecisionView.Gone));
        }

        // An audience reads the layers of earlier schemes, which must be the candidate's.
        customer.Layers = _layers;
        for (var position = 0; position < _layers.Length; position++)
        {
            var before = _candidate.Carried(position, old);
            var scheme = _candidate.Rulebook.Schemes[position];
            _layers[position] = _candidate.IsDecided[position] ? scheme.StandAt(before, customer, at, _candidate.Baseline) : before;
            if (Schemes[position] is not { } tally) continue;
            var earlier = _candidate.Earlier(position);
            var cell = tally.Of(earlier < 0 ? LayerState.None : old[earlier].Layer, _layers[position].Layer);
            cell.Count(revenue, revenueOfYear);
            if (cell.Shows(row.Customer))
                cell.Show(new PreviewExample(
                    row.Customer, DecisionView.From(customer, scheme, _layers[position], at, _candidate.Baseline, _currency)));
        }
    }

    /// <summary>Adds the tallies of another worker.</summary>
    public void Add(PreviewVisitor part)
    {
        for (var position = 0; position < Schemes.Length; position++)
            if (part.Schemes[position] is { } tally)
                Schemes[position]!.Add(tally);
        foreach (var (id, tally) in part.Gone) Gone[id].Add(tally);
    }
}
