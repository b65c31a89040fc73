using Grid.Ledger;
using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Grains.Calendars;

/// <summary>
/// What this process knows of every customer without opening it: when it is due, and the values the baseline ranks. Filled from the
/// ledger at start and kept by its commits. About 40 bytes a customer for its place, 16 for its deadline, 8 per measure, and its id.
/// </summary>
public sealed class CustomerIndex : ICommitObserver
{
    private const int ScanSlice = 16_384;

    // Guards everything below. Held by the ledger's lane for one group of commits at a time, by others for slices.
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _slots = [];
    private readonly DueHeap _due = new();
    private string[] _ids = [];
    private long[][] _measures = [];
    private bool[] _dirty = [];
    private long _nextDueSeen = long.MaxValue;

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

    /// <summary>Forgets the values of the measures; those of the new rulebook come with its commits.</summary>
    public void UseMeasures(int count)
    {
        lock (_gate)
        {
            _measures = new long[count][];
            for (var index = 0; index < count; index++)
            {
                _measures[index] = new long[_ids.Length];
                _measures[index].AsSpan().Fill(Measure.Absent);
            }

            _dirty = new bool[count];
            _dirty.AsSpan().Fill(true);
        }
    }

    public void Add(CustomerRow row)
    {
        lock (_gate) Put(row.Customer, row.DueAt, row.Measures);
    }

    public void Committed(IReadOnlyList<CustomerChange> changes, LogPosition head)
    {
        bool nearer;
        lock (_gate)
        {
            for (var index = 0; index < changes.Count; index++) Put(changes[index].Customer, changes[index].DueAt, changes[index].Measures);
            nearer = _due.NextDue < _nextDueSeen;
            _nextDueSeen = _due.NextDue;
        }

        if (nearer) Nearer?.Invoke();
    }

    /// <summary>Takes customers due by an instant out, earliest first; each comes back with its next commit, or by <see cref="Retry"/>.</summary>
    public IReadOnlyList<CustomerId> TakeDue(Instant until, int limit)
    {
        var taken = new List<CustomerId>();
        lock (_gate)
        {
            while (taken.Count < limit && _due.TryTake(until.Milliseconds, out var slot)) taken.Add(new CustomerId(_ids[slot]));
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

    /// <summary>Whether the values of a measure have changed since they were last copied.</summary>
    public bool HasChanged(int measure)
    {
        lock (_gate) return _dirty[measure];
    }

    /// <summary>The values of a measure over its population, in no order.</summary>
    public long[] Values(int measure)
    {
        lock (_gate)
        {
            _dirty[measure] = false;
            var values = new long[_slots.Count];
            var count = 0;
            foreach (var value in _measures[measure].AsSpan(0, _slots.Count))
                if (value != Measure.Absent)
                    values[count++] = value;
            Array.Resize(ref values, count);
            return values;
        }
    }

    /// <summary>The same with whose they are, in the order of the values; both of one moment.</summary>
    public (long[] Values, CustomerId[] Customers) ValuesOfCustomers(int measure)
    {
        lock (_gate)
        {
            var values = Values(measure);
            var customers = new CustomerId[values.Length];
            var count = 0;
            for (var slot = 0; slot < _slots.Count; slot++)
                if (_measures[measure][slot] != Measure.Absent)
                    customers[count++] = new CustomerId(_ids[slot]);
            return (values, customers);
        }
    }

    /// <summary>
    /// The customers of whom the value of any of these measures satisfies its condition, each once, looked for in slices so that commits go
    /// on meanwhile.
    /// </summary>
    public IEnumerable<CustomerId> Where(IReadOnlyList<(int Measure, Func<long, CustomerId, bool> Condition)> conditions)
    {
        for (var from = 0; from < Customers; from += ScanSlice)
        {
            var found = new List<CustomerId>();
            lock (_gate)
                for (var slot = from; slot < Math.Min(from + ScanSlice, _slots.Count); slot++)
                    if (Satisfies(slot, conditions))
                        found.Add(new CustomerId(_ids[slot]));
            foreach (var customer in found) yield return customer;
        }
    }

    private bool Satisfies(int slot, IReadOnlyList<(int Measure, Func<long, CustomerId, bool> Condition)> conditions)
    {
        for (var index = 0; index < conditions.Count; index++)
        {
            var value = _measures[conditions[index].Measure][slot];
            if (value != Measure.Absent && conditions[index].Condition(value, new CustomerId(_ids[slot]))) return true;
        }

        return false;
    }

    private void Put(CustomerId customer, Instant dueAt, long[] measures)
    {
        if (!_slots.TryGetValue(customer.Value, out var slot))
        {
            slot = _slots.Count;
            if (slot == _ids.Length) Grow();
            _slots.Add(customer.Value, slot);
            _ids[slot] = customer.Value;
        }

        _due.Set(slot, dueAt.Milliseconds);

        // A change made under another rulebook has other measures; the customer will be taken on by this one and come again.
        if (measures.Length != _measures.Length) return;
        for (var index = 0; index < measures.Length; index++)
        {
            if (_measures[index][slot] == measures[index]) continue;
            _measures[index][slot] = measures[index];
            _dirty[index] = true;
        }
    }

    private void Grow()
    {
        var size = Math.Max(1024, _ids.Length + _ids.Length / 2);
        var before = _ids.Length;
        Array.Resize(ref _ids, size);
        _due.Grow(size);
        for (var index = 0; index < _measures.Length; index++)
        {
            Array.Resize(ref _measures[index], size);
            _measures[index].AsSpan(before).Fill(Measure.Absent);
        }
    }
}
