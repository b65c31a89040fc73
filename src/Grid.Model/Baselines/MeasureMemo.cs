using System.Runtime.CompilerServices;
using Grid.Model.Time;

namespace Grid.Model.Baselines;

/// <summary>
/// A cache of what measures read from one opened customer since its facts last changed: the rules of a scheme read the same measures at the same
/// instants repeatedly. Bounded: each measure has one slot, which a newer reading overwrites.
/// </summary>
internal sealed class MeasureMemo
{
    private const int Places = 128;
    private readonly Entry[] _entries = new Entry[Places];
    private int _revision = 1;

    /// <summary>Empties the cache, because the facts have changed.</summary>
    public void Forget() => _revision++;

    public bool TryGetValue(Measure measure, Instant at, out long value)
    {
        ref readonly var entry = ref Place(measure, at);
        value = entry.Value;
        return entry.ValueRevision == _revision && entry.At == at && ReferenceEquals(entry.Measure, measure);
    }

    public bool TryGetNext(Measure measure, Instant at, out Instant next)
    {
        ref readonly var entry = ref Place(measure, at);
        next = entry.Next;
        return entry.NextRevision == _revision && entry.At == at && ReferenceEquals(entry.Measure, measure);
    }

    public long PutValue(Measure measure, Instant at, long value)
    {
        ref var entry = ref Take(measure, at);
        entry.Value = value;
        entry.ValueRevision = _revision;
        return value;
    }

    public Instant PutNext(Measure measure, Instant at, Instant next)
    {
        ref var entry = ref Take(measure, at);
        entry.Next = next;
        entry.NextRevision = _revision;
        return next;
    }

    private ref Entry Take(Measure measure, Instant at)
    {
        ref var entry = ref Place(measure, at);
        if (entry.At != at || !ReferenceEquals(entry.Measure, measure)) entry = new Entry { Measure = measure, At = at };
        return ref entry;
    }

    private ref Entry Place(Measure measure, Instant at)
    {
        var hash = (ulong)at.Milliseconds * 0x9E3779B97F4A7C15UL + (uint)RuntimeHelpers.GetHashCode(measure) * 0x61C88647UL;
        return ref _entries[(hash >> 32) & (Places - 1)];
    }

    private struct Entry
    {
        public Measure? Measure;
        public Instant At;
        public int ValueRevision;
        public int NextRevision;
        public long Value;
        public Instant Next;
    }
}
