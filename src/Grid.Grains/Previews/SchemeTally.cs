using Grid.Model.Customers;
using Grid.Rulebooks.Explaining;

namespace Grid.Grains.Previews;

/// <summary>Counts moves between the layers of a scheme. Layers are indexes; -1 is outside, so that entries and exits have cells too.</summary>
public sealed class SchemeTally(int before, int after)
{
    private readonly Cell?[] _cells = new Cell?[(before + 1) * (after + 1)];

    /// <summary>Null when there is no such move.</summary>
    public Cell? this[int from, int to] => _cells[(from + 1) * (after + 1) + to + 1];

    public Cell Of(int from, int to) => _cells[(from + 1) * (after + 1) + to + 1] ??= new Cell();

    public void Add(SchemeTally part)
    {
        for (var index = 0; index < _cells.Length; index++)
            if (part._cells[index] is { } cell)
                (_cells[index] ??= new Cell()).Add(cell);
    }
}

/// <summary>Customers who move from one layer to another, or stay in one.</summary>
public sealed class Cell
{
    private readonly List<PreviewExample> _examples = [];

    public long Customers { get; private set; }

    /// <summary>Lifetime spend less refunds, in minor units.</summary>
    public long Revenue { get; private set; }

    /// <summary>Spend less refunds of the last 365 days, in minor units.</summary>
    public long RevenueOfYear { get; private set; }

    /// <summary>The customers with the lowest ids, in their order.</summary>
    public IReadOnlyList<PreviewExample> Examples => _examples;

    public void Count(long revenue, long revenueOfYear)
    {
        Customers++;
        Revenue += revenue;
        RevenueOfYear += revenueOfYear;
    }

    /// <summary>Whether a customer is among the lowest so far.</summary>
    public bool Shows(CustomerId customer) =>
        _examples.Count < GridLimits.PreviewExamplesMax || customer.CompareTo(_examples[^1].Customer) < 0;

    public void Show(PreviewExample example)
    {
        var index = _examples.Count;
        while (index > 0 && _examples[index - 1].Customer.CompareTo(example.Customer) > 0) index--;
        _examples.Insert(index, example);
        if (_examples.Count > GridLimits.PreviewExamplesMax) _examples.RemoveAt(GridLimits.PreviewExamplesMax);
    }

    public void Add(Cell part)
    {
        Customers += part.Customers;
        Revenue += part.Revenue;
        RevenueOfYear += part.RevenueOfYear;
        foreach (var example in part._examples)
            if (Shows(example.Customer))
                Show(example);
    }
}

/// <param name="Decision">Why the candidate puts the customer there.</param>
public sealed record PreviewExample(CustomerId Customer, DecisionView Decision);
