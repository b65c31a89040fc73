using Grid.Grains.Calendars;
using Grid.Ledger;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Time;

namespace Grid.Grains.Populations;

/// <summary>
/// What this process knows of every customer without opening it: when it is due, where it stands, and the values the baseline ranks.
/// Filled from the ledger at start and kept by its commits. About 40 bytes a customer for its place, 16 for its deadline, 8 per measure,
/// 1 per scheme, and its id.
/// </summary>
public sealed class CustomerIndex : ICommitObserver
{
    private const int ScanSlice = 16_384;

    // Guards everything below. Held by the ledger's lane for one group of commits at a time, by others for slices.
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _slots = [];
    private readonly DueHeap _due = new();
    private readonly MeasureColumns _measures = new();
    private readonly LayerColumns _layers = new();

    // By slot; null where a customer was forgotten. Such a slot is not filled from behind, because whoever looks through the slots in
    // slices would miss who moved; it waits for a new customer, whose own commit brings everything.
    private string?[] _ids = [];
    private readonly Stack<int> _free = new();
    private int _used;
    private long _nextDueSeen = long.MaxValue;
    private readonly TaskCompletionSource _filled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Raised when a deadline became the earliest of all, on the committing thread.</summary>
    public event Action? Nearer;

    public int Customers
    {
        get
        {
            lock (_gate) return _slots.Count;
        }
    }

    public Instant NextDue
    {
        get
        {
            lock (_gate) return new Instant(_due.NextDue);
        }
    }

    /// <summary>Keeps the values of these measures, and knows what rows under earlier rulebooks project.</summary>
    public void Use(IReadOnlyList<string> measures, IEnumerable<RulebookLayout> layouts)
    {
        lock (_gate) _measures.Use(measures, layouts);
    }

    /// <summary>Completes when everyone is in it.</summary>
    public Task Filled => _filled.Task;

    /// <summary>Everyone who was there at the start has been added: measures that every rulebook projects are known of everybody.</summary>
    public void EndFilling()
    {
        lock (_gate) _measures.EndFilling(_layers.Customers.Keys);
        _filled.TrySetResult();
    }

    /// <summary>Whether the values of everybody are there; else they must be read.</summary>
    public bool Knows(string measure)
    {
        lock (_gate) return _measures.Has(measure) && _measures[measure].IsKnown;
    }

    /// <summary>Keeps a measure from here on, also one of a rulebook to come; what is to be taken does not replace what commits bring.</summary>
    public void BeginReading(string measure)
    {
        lock (_gate) _measures.Prepare(measure).Forget();
    }

    public void EndReading(string measure)
    {
        lock (_gate) _measures.Prepare(measure).IsKnown = true;
    }

    /// <summary>Takes in what was read of the population for a measure.</summary>
    public void Take(string measure, IReadOnlyList<(CustomerId Customer, long Value)> values)
    {
        foreach (var slice in values.Chunk(ScanSlice))
        {
            lock (_gate)
            {
                var column = _measures[measure];
                foreach (var (customer, value) in slice)
                    if (_slots.TryGetValue(customer.Value, out var slot))
                        column.PutIfUnknown(slot, value);
            }
        }
    }

    public void Add(CustomerRow row)
    {
        lock (_gate)
        {
            var slot = Slot(row.Customer, row.DueAt);
            _measures.Put(slot, _layers.Put(slot, row.State), row.Measures);
        }
    }

    public void Committed(IReadOnlyList<CommittedCustomer> customers, LogPosition head)
    {
        bool nearer;
        lock (_gate)
        {
            for (var index = 0; index < customers.Count; index++)
            {
                var customer = customers[index];
                if (customer.Standing.Rulebook == 0)
                {
                    Forget(customer.Customer);
                    continue;
                }

                var slot = Slot(customer.Customer, customer.DueAt);
                _layers.Put(slot, customer.Standing.Rulebook, customer.Standing.Layers);
                _measures.Put(slot, customer.Standing.Rulebook, customer.Measures);
            }

            nearer = _due.NextDue < _nextDueSeen;
            _nextDueSeen = _due.NextDue;
        }

        if (nearer) Nearer?.Invoke();
    }

    /// <summary>Takes customers due by an instant out, earliest first; each comes back with its next commit, or by <see cref="Retry"/>.</summary>
    public IReadOnlyList<DueCustomer> TakeDue(Instant until, int limit)
    {
        var taken = new List<DueCustomer>();
        lock (_gate)
        {
            while (taken.Count < limit && _due.TryTake(until.Milliseconds, out var slot))
                taken.Add(new DueCustomer(new CustomerId(_ids[slot]!), new Instant(_due.DueOf(slot))));
            _nextDueSeen = _due.NextDue;
        }

        return taken;
    }

    /// <summary>Puts a customer that was taken back, to be taken again at an instant.</summary>
    public void Retry(CustomerId customer, Instant at)
    {
        lock (_gate)
            if (_slots.TryGetValue(customer.Value, out var slot))
                _due.Set(slot, at.Milliseconds);
    }

    /// <summary>Customers per rulebook that anybody is under, and together those that are known: of one moment.</summary>
    public IReadOnlyDictionary<int, int> CustomersByRulebook()
    {
        lock (_gate) return new Dictionary<int, int>(_layers.Customers);
    }

    /// <summary>Customers in each layer of a scheme under each rulebook that has it; of one moment, so they add up to everyone it holds.</summary>
    public IReadOnlyList<RulebookCounts> Counts(string scheme, IReadOnlyDictionary<int, RulebookLayout> layouts)
    {
        var counts = new List<RulebookCounts>();
        lock (_gate)
        {
            foreach (var (rulebook, customers) in _layers.Customers)
            {
                // Another process may be ahead of this one for a moment.
                if (!layouts.TryGetValue(rulebook, out var layout)) continue;
                var schemes = layout.Schemes;
                for (var position = 0; position < schemes.Count; position++)
                {
                    if (schemes[position].Id != scheme) continue;
                    var layers = schemes[position].Layers;
                    var at = position;
                    counts.Add(new RulebookCounts(
                        rulebook, customers, [.. layers.Select((layer, rank) => (layer, _layers.Count(rulebook, at, rank)))]));
                }
            }
        }

        return counts;
    }

    /// <summary>The customers under another rulebook than this one, looked for in slices so that commits go on meanwhile.</summary>
    public IEnumerable<CustomerId> Behind(int rulebook) => Found(slot => _layers.RulebookOf(slot) != rulebook);

    /// <summary>Whether the values of a measure have changed since they were last copied.</summary>
    public bool HasChanged(string measure)
    {
        lock (_gate) return _measures[measure].IsDirty;
    }

    /// <summary>The values of a measure over its population, in no order.</summary>
    public long[] Values(string measure)
    {
        lock (_gate)
        {
            var column = _measures[measure];
            column.IsDirty = false;
            var values = new long[_slots.Count];
            var count = 0;
            foreach (var value in column.Values[.._used])
                if (MeasureColumns.IsPresent(value))
                    values[count++] = value;
            Array.Resize(ref values, count);
            return values;
        }
    }

    /// <summary>The same with whose they are, in the order of the values; both of one moment.</summary>
    public (long[] Values, CustomerId[] Customers) ValuesOfCustomers(string measure)
    {
        lock (_gate)
        {
            var values = Values(measure);
            var customers = new CustomerId[values.Length];
            var all = _measures[measure].Values;
            var count = 0;
            for (var slot = 0; slot < _used; slot++)
                if (MeasureColumns.IsPresent(all[slot]))
                    customers[count++] = new CustomerId(_ids[slot]!);
            return (values, customers);
        }
    }

    /// <summary>
    /// The customers of whom the value of any of these measures satisfies its condition, each once, looked for in slices so that commits go
    /// on meanwhile.
    /// </summary>
    public IEnumerable<CustomerId> Where(IReadOnlyList<(string Measure, Func<long, CustomerId, bool> Condition)> conditions) =>
        Found(slot => Satisfies(slot, conditions));

    private IEnumerable<CustomerId> Found(Func<int, bool> wanted)
    {
        for (var from = 0; from < Volatile.Read(ref _used); from += ScanSlice)
        {
            var found = new List<CustomerId>();
            lock (_gate)
                for (var slot = from; slot < Math.Min(from + ScanSlice, _used); slot++)
                    if (_ids[slot] is { } id && wanted(slot))
                        found.Add(new CustomerId(id));
            foreach (var customer in found) yield return customer;
        }
    }

    private bool Satisfies(int slot, IReadOnlyList<(string Measure, Func<long, CustomerId, bool> Condition)> conditions)
    {
        for (var index = 0; index < conditions.Count; index++)
        {
            if (!_measures.Has(conditions[index].Measure)) continue;
            var value = _measures[conditions[index].Measure].Values[slot];
            if (MeasureColumns.IsPresent(value) && conditions[index].Condition(value, new CustomerId(_ids[slot]!))) return true;
        }

        return false;
    }

    /// <summary>The place of a customer, whose deadline is put there.</summary>
    private int Slot(CustomerId customer, Instant dueAt)
    {
        if (!_slots.TryGetValue(customer.Value, out var slot))
        {
            if (!_free.TryPop(out slot)) slot = _used++;
            if (slot == _ids.Length) Grow();
            _slots.Add(customer.Value, slot);
            _ids[slot] = customer.Value;
        }

        _due.Set(slot, dueAt.Milliseconds);
        return slot;
    }

    private void Forget(CustomerId customer)
    {
        if (!_slots.Remove(customer.Value, out var slot)) return;
        _due.Set(slot, long.MaxValue);
        _layers.Forget(slot);
        _measures.Forget(slot);
        _ids[slot] = null;
        _free.Push(slot);
    }

    private void Grow()
    {
        var size = Math.Max(1024, _ids.Length + _ids.Length / 2);
        Array.Resize(ref _ids, size);
        _due.Grow(size);
        _measures.Grow(size);
        _layers.Grow(size);
    }
}
