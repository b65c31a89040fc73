using System.Diagnostics.CodeAnalysis;
using Grid.Model.Customers;

namespace Grid.Ledger.Sqlite.Lane;

/// <summary>
/// The states that the rows do not have yet: the current generation and, while a checkpoint writes it, the frozen one. A reader looks in the current
/// generation, then in the frozen one, then at the row. A generation is dropped only after its rows are committed, so that a reader finds every
/// acknowledged state.
/// </summary>
internal sealed class MemTable
{
    private volatile MemTableView _view = new(new Generation(0), null);

    public MemTableView Now => _view;

    public Generation Current => _view.Current;

    public Generation Freeze()
    {
        var frozen = _view.Current;
        _view = new MemTableView(new Generation(0), frozen);
        return frozen;
    }

    /// <summary>Adds recovered deltas as the frozen generation, so that no newer state replaces its rows before they are folded.</summary>
    public void Recover(Generation recovered) => _view = new MemTableView(_view.Current, recovered);

    public void DropFrozen() => _view = new MemTableView(_view.Current, null);

    public void Remove(CustomerId customer)
    {
        _view.Current.Remove(customer);
        _view.Frozen?.Remove(customer);
    }
}

internal sealed record MemTableView(Generation Current, Generation? Frozen)
{
    public bool TryGet(CustomerId customer, [MaybeNullWhen(false)] out MemTableRow row) =>
        Current.TryGet(customer, out row) || (Frozen is not null && Frozen.TryGet(customer, out row));

    /// <summary>The newest row of each customer.</summary>
    public IEnumerable<KeyValuePair<CustomerId, MemTableRow>> Rows()
    {
        foreach (var pair in Current.Rows) yield return pair;
        if (Frozen is null) yield break;
        foreach (var pair in Frozen.Rows)
            if (!Current.TryGet(pair.Key, out _))
                yield return pair;
    }

    /// <summary>The newest row of each customer of a partition, in the order of ids.</summary>
    public KeyValuePair<CustomerId, MemTableRow>[] Rows(int partition)
    {
        CustomerId[] ids = [.. Current.Ids(partition), .. Frozen?.Ids(partition) ?? []];
        Array.Sort(ids, IdOrder.Instance);
        var rows = new List<KeyValuePair<CustomerId, MemTableRow>>(ids.Length);
        for (var index = 0; index < ids.Length; index++)
            if ((index == 0 || ids[index] != ids[index - 1]) && TryGet(ids[index], out var row))
                rows.Add(KeyValuePair.Create(ids[index], row));
        return [.. rows];
    }

    /// <summary>Sorts the customers by partition, so that later calls of <see cref="Rows(int)"/> are quick.</summary>
    public void Sort()
    {
        Current.Ids(0);
        Frozen?.Ids(0);
    }
}
