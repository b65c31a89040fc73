using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Ledger.Sqlite.Lane;

/// <summary>A customer's newest state that is in the journal but perhaps not in its row. The bytes are the committer's own array.</summary>
internal sealed record OverlayRow(long Version, byte[] State, Instant DueAt);

/// <summary>The customers changed between two checkpoints. The lane writes, anyone reads.</summary>
internal sealed class Generation
{
    private readonly ConcurrentDictionary<CustomerId, OverlayRow> _rows = new(concurrencyLevel: 1, capacity: 1024);

    /// <summary>Only the lane touches it, because counting the dictionary itself takes all its locks.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of state. Only the lane touches it.</summary>
    public long Bytes { get; private set; }

    public IEnumerable<KeyValuePair<CustomerId, OverlayRow>> Rows => _rows;

    public bool TryGet(CustomerId customer, [MaybeNullWhen(false)] out OverlayRow row) => _rows.TryGetValue(customer, out row);

    public void Put(CustomerId customer, OverlayRow row)
    {
        if (_rows.TryGetValue(customer, out var before)) Bytes -= before.State.Length;
        else Count++;
        Bytes += row.State.Length;
        _rows[customer] = row;
    }

    public void Remove(CustomerId customer)
    {
        if (!_rows.TryRemove(customer, out var before)) return;
        Count--;
        Bytes -= before.State.Length;
    }
}

/// <summary>
/// What the rows lack: the current generation and, while a checkpoint writes it, the frozen one. A reader looks at the current, then the
/// frozen, then the row; a generation is dropped only after its rows are committed, so that what was answered is always found.
/// </summary>
internal sealed class Overlay
{
    private volatile OverlayView _view = new(new Generation(), null);

    public OverlayView Now => _view;

    public Generation Current => _view.Current;

    public Generation Freeze()
    {
        var frozen = _view.Current;
        _view = new OverlayView(new Generation(), frozen);
        return frozen;
    }

    public void DropFrozen() => _view = new OverlayView(_view.Current, null);

    public void Remove(CustomerId customer)
    {
        _view.Current.Remove(customer);
        _view.Frozen?.Remove(customer);
    }
}

internal sealed record OverlayView(Generation Current, Generation? Frozen)
{
    public bool TryGet(CustomerId customer, [MaybeNullWhen(false)] out OverlayRow row) =>
        Current.TryGet(customer, out row) || (Frozen is not null && Frozen.TryGet(customer, out row));

    /// <summary>The newest row of each customer.</summary>
    public IEnumerable<KeyValuePair<CustomerId, OverlayRow>> Rows()
    {
        foreach (var pair in Current.Rows) yield return pair;
        if (Frozen is null) yield break;
        foreach (var pair in Frozen.Rows)
            if (!Current.TryGet(pair.Key, out _))
                yield return pair;
    }
}
