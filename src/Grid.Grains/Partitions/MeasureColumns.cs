using Grid.Model.Baselines;
using Grid.Model.Evaluation;

namespace Grid.Grains.Partitions;

/// <summary>
/// The values that the baseline ranks, a column per measure. A measure means the same under every rulebook that has it, so its column
/// outlives publications. Not thread-safe.
/// </summary>
internal sealed class MeasureColumns
{
    private readonly Dictionary<string, Column> _byId = [];

    // For each rulebook that rows may still be under: its measures in order, null for a measure without a column.
    private Dictionary<int, Column?[]> _ofRulebook = [];
    private int _size;

    // Counts the changes of all columns, so that a column that is dropped and added again gets a new mark.
    private long _changes;

    // Whether a customer was put under a rulebook that this silo does not know yet; then no column is complete.
    private bool _missed;

    // A value not read yet; Measure.Absent is a read value.
    private const long Unknown = long.MinValue + 1;

    public static bool IsPresent(long value) => value is not (Measure.Absent or Unknown);

    public Column this[string measure] => _byId[measure];

    public bool Has(string measure) => _byId.ContainsKey(measure);

    public IEnumerable<KeyValuePair<string, Column>> All => _byId;

    /// <summary>Keeps columns for exactly these measures; rows under earlier rulebooks find their columns through the layouts.</summary>
    public void Use(IReadOnlyList<string> measures, IEnumerable<RulebookLayout> layouts)
    {
        foreach (var gone in _byId.Keys.Except(measures).ToList()) _byId.Remove(gone);
        foreach (var measure in measures) Prepare(measure);
        if (_missed)
            foreach (var column in _byId.Values)
                column.IsKnown = false;
        _missed = false;
        _ofRulebook = layouts.ToDictionary(
            layout => layout.Number, layout => layout.Measures.Select(measure => _byId.GetValueOrDefault(measure)).ToArray());
    }

    public Column Prepare(string measure)
    {
        if (_byId.TryGetValue(measure, out var known)) return known;
        var column = new Column(this);
        column.Grow(0, _size);
        _byId.Add(measure, column);
        return column;
    }

    /// <summary>Called when every customer was put; the argument lists their rulebooks.</summary>
    public void EndFilling(IEnumerable<int> rulebooks)
    {
        var projecting = rulebooks.Select(number => _ofRulebook.GetValueOrDefault(number, [])).ToList();
        foreach (var column in _byId.Values) column.IsKnown = projecting.TrueForAll(columns => columns.Contains(column));
    }

    public void Grow(int size)
    {
        foreach (var column in _byId.Values) column.Grow(_size, size);
        _size = size;
    }

    public void Put(int slot, int rulebook, ReadOnlySpan<long> values)
    {
        if (!_ofRulebook.TryGetValue(rulebook, out var columns))
        {
            _missed = true;
            return;
        }

        for (var index = 0; index < Math.Min(columns.Length, values.Length); index++) columns[index]?.Put(slot, values[index]);
    }

    /// <summary>Removes the values of a customer that is gone.</summary>
    public void Forget(int slot)
    {
        foreach (var column in _byId.Values) column.Put(slot, Unknown);
    }

    internal sealed class Column(MeasureColumns columns)
    {
        private long[] _values = [];

        /// <summary>The mark of the values, which changes with every change of a value.</summary>
        public long Mark { get; private set; } = ++columns._changes;

        /// <summary>Whether the column has the value of every customer.</summary>
        public bool IsKnown { get; set; }

        public ReadOnlySpan<long> Values => _values;

        public void Forget()
        {
            IsKnown = false;
            Mark = ++columns._changes;
            _values.AsSpan().Fill(Unknown);
        }

        public void PutIfUnknown(int slot, long value)
        {
            if (_values[slot] == Unknown) Put(slot, value);
        }

        public void Put(int slot, long value)
        {
            if (_values[slot] == value) return;
            _values[slot] = value;
            Mark = ++columns._changes;
        }

        public void Grow(int from, int to)
        {
            Array.Resize(ref _values, to);
            _values.AsSpan(from).Fill(Unknown);
        }
    }
}
