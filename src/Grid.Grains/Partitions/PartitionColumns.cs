using System.Globalization;
using Grid.Ledger;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Time;

namespace Grid.Grains.Partitions;

/// <summary>
/// What a partition knows of each of its customers without decoding its state, in columns: its deadline, its layers, and the values that the baseline
/// ranks. About 14 bytes a customer for its slot, 4 for its version, 16 for its deadline, 8 per measure and 1 per scheme, beside its id. Not
/// thread-safe.
/// </summary>
/// <param name="activation">The prefix of the marks of values, so that the marks of two activations differ.</param>
public sealed class PartitionColumns(string activation = "")
{
    private readonly SlotTable _slots = new();
    private readonly DeadlineHeap _due = new();
    private readonly MeasureColumns _measures = new();
    private readonly LayerColumns _layers = new();
    private uint[] _versions = [];

    public int Customers => _slots.Count;

    /// <summary>The earliest deadline; <see cref="Instant.Never"/> when there is none.</summary>
    public Instant NextDue => new(_due.NextDue);

    /// <summary>Customers per rulebook, for rulebooks with customers.</summary>
    public IReadOnlyDictionary<int, int> CustomersByRulebook => _layers.Customers;

    /// <summary>Keeps the values of these measures, and maps the values in rows under earlier rulebooks to them.</summary>
    public void Use(IReadOnlyList<string> measures, IEnumerable<RulebookLayout> layouts) => _measures.Use(measures, layouts);

    /// <summary>Called when all customers were put: a measure that all their rulebooks project is then known for every customer.</summary>
    public void EndFilling() => _measures.EndFilling(_layers.Customers.Keys);

    /// <summary>Applies a committed state of a customer. A version older than the known one changes nothing.</summary>
    public void Put(in CommittedCustomer head)
    {
        if (head.Standing.Rulebook == 0)
        {
            Remove(head.Customer);
            return;
        }

        var slot = _slots.Find(head.Customer);
        if (slot == SlotTable.None) slot = Add(head.Customer);
        else if (head.Version <= _versions[slot]) return;
        _versions[slot] = (uint)head.Version;
        _due.Set(slot, head.DueAt.Milliseconds);
        _layers.Put(slot, head.Standing.Rulebook, head.Standing.Layers);
        _measures.Put(slot, head.Standing.Rulebook, head.Measures);
    }

    public void Remove(CustomerId customer)
    {
        var slot = _slots.Remove(customer);
        if (slot == SlotTable.None) return;
        _due.Set(slot, long.MaxValue);
        _layers.Forget(slot);
        _measures.Forget(slot);
        _versions[slot] = 0;
    }

    public void Clear()
    {
        for (var slot = 0; slot < _slots.Used; slot++)
            if (_slots[slot] is { } id)
                Remove(new CustomerId(id));
    }

    /// <summary>
    /// Takes out customers due by an instant, earliest first. Each comes back with its next commit, by <see cref="Restore"/> or by
    /// <see cref="Retry"/>.
    /// </summary>
    public IReadOnlyList<CustomerId> TakeDue(Instant until, int limit)
    {
        var taken = new List<CustomerId>();
        while (taken.Count < limit && _due.TryTake(until.Milliseconds, out var slot)) taken.Add(new CustomerId(_slots[slot]!));
        return taken;
    }

    /// <summary>The last known version of a customer's row; 0 for an unknown customer.</summary>
    public long VersionOf(CustomerId customer) => _slots.Find(customer) is var slot && slot != SlotTable.None ? _versions[slot] : 0;

    public bool Has(CustomerId customer) => _slots.Find(customer) != SlotTable.None;

    /// <summary>Puts back a customer that was taken out and woken without a commit: no commit will bring it back.</summary>
    /// <returns>False when a later version is known: the answer came from a stale activation.</returns>
    public bool Restore(in CommittedCustomer head)
    {
        var slot = _slots.Find(head.Customer);
        if (slot == SlotTable.None || head.Version != _versions[slot]) return false;
        if (!_due.Has(slot)) _due.Set(slot, head.DueAt.Milliseconds);
        return true;
    }

    /// <summary>Puts a customer back that was taken out, to be taken again at an instant.</summary>
    public void Retry(CustomerId customer, Instant at)
    {
        var slot = _slots.Find(customer);
        if (slot != SlotTable.None) _due.Set(slot, at.Milliseconds);
    }

    /// <summary>Customers in each layer of a scheme under each rulebook that has it.</summary>
    public IReadOnlyList<RulebookCounts> Counts(string scheme, IReadOnlyDictionary<int, RulebookLayout> layouts)
    {
        var counts = new List<RulebookCounts>();
        foreach (var (rulebook, customers) in _layers.Customers)
        {
            // Another silo may have adopted a later rulebook a moment before this one.
            if (!layouts.TryGetValue(rulebook, out var layout)) continue;
            for (var position = 0; position < layout.Schemes.Count; position++)
            {
                if (layout.Schemes[position].Id != scheme) continue;
                var layers = layout.Schemes[position].Layers;
                counts.Add(new RulebookCounts(
                    rulebook, customers, [.. layers.Select((layer, rank) => new LayerTotal(layer, _layers.Count(rulebook, position, rank)))]));
            }
        }

        return counts;
    }

    /// <summary>Whether the value of every customer is known; else the values must be read from the rows.</summary>
    public bool Knows(string measure) => _measures.Has(measure) && _measures[measure].IsKnown;

    /// <summary>Keeps a measure from here on, also one of a rulebook not yet in force: commits bring newer values than the rows being read.</summary>
    public void BeginReading(string measure) => _measures.Prepare(measure).Forget();

    public void EndReading(string measure) => _measures.Prepare(measure).IsKnown = true;

    /// <summary>Stores a value read from a row, unless a commit brought a newer one meanwhile.</summary>
    public void PutRead(string measure, CustomerId customer, long value)
    {
        var slot = _slots.Find(customer);
        if (slot != SlotTable.None && _measures.Has(measure)) _measures[measure].PutIfUnknown(slot, value);
    }

    /// <summary>The mark of each measure's values.</summary>
    public IReadOnlyList<MeasureMark> Marks() => [.. _measures.All.Select(column => new MeasureMark(column.Key, MarkOf(column.Value)))];

    /// <summary>The values of a measure over its population, in no order, and on request the customers of the values.</summary>
    public MeasureValues Values(string measure, bool withCustomers)
    {
        var column = _measures[measure];
        var values = new List<long>(_slots.Count);
        var customers = withCustomers ? new List<string>(_slots.Count) : null;
        for (var slot = 0; slot < _slots.Used; slot++)
        {
            if (!MeasureColumns.IsPresent(column.Values[slot])) continue;
            values.Add(column.Values[slot]);
            customers?.Add(_slots[slot]!);
        }

        return new MeasureValues(values, customers ?? [], MarkOf(column));
    }

    /// <summary>Customers under another rulebook than this one.</summary>
    public List<CustomerId> Behind(int rulebook, int limit) => Find(slot => _layers.RulebookOf(slot) != rulebook, limit);

    /// <summary>Customers for whom any of these measures satisfies its condition, each once.</summary>
    public List<CustomerId> Where(IReadOnlyList<MeasureCondition> conditions) => Find(slot => Satisfies(slot, conditions), int.MaxValue);

    private string MarkOf(MeasureColumns.Column column) => string.Create(CultureInfo.InvariantCulture, $"{activation}/{column.Mark}");

    private List<CustomerId> Find(Func<int, bool> wanted, int limit)
    {
        var found = new List<CustomerId>();
        for (var slot = 0; slot < _slots.Used && found.Count < limit; slot++)
            if (_slots[slot] is { } id && wanted(slot))
                found.Add(new CustomerId(id));
        return found;
    }

    private bool Satisfies(int slot, IReadOnlyList<MeasureCondition> conditions)
    {
        foreach (var condition in conditions)
        {
            if (!_measures.Has(condition.Measure)) continue;
            var value = _measures[condition.Measure].Values[slot];
            if (MeasureColumns.IsPresent(value) && condition.Holds(value, new CustomerId(_slots[slot]!))) return true;
        }

        return false;
    }

    private int Add(CustomerId customer)
    {
        var slot = _slots.Add(customer);
        if (_slots.Capacity == _versions.Length) return slot;
        Array.Resize(ref _versions, _slots.Capacity);
        _due.Grow(_slots.Capacity);
        _measures.Grow(_slots.Capacity);
        _layers.Grow(_slots.Capacity);
        return slot;
    }
}

/// <summary>A condition on the value of a measure.</summary>
public readonly record struct MeasureCondition(string Measure, Func<long, CustomerId, bool> Holds);
