using System.Runtime.InteropServices;
using Grid.Model.Facts;
using Grid.Model.Time;

namespace Grid.Model.Customers;

/// <summary>The events of one name within one UTC hour. <see cref="Hour"/> counts from 1970.</summary>
public record struct HourBucket(int Hour, string Name, int Count, int DwellSeconds)
{
    public readonly Instant At => new(Hour * MillisecondsPer.Hour);
}

/// <summary>Totals per name of the hour buckets that were folded; kept for ever.</summary>
public record struct LifetimeTotal(string Name, int LastHour, long Count, long DwellSeconds);

/// <summary>
/// Counts per name and hour, the newest <see cref="Limits.HourBucketsMax"/> of them; older ones are folded into totals. What it holds
/// does not depend on the order in which it was filled, because a bucket is only folded when that many newer ones exist.
/// </summary>
public sealed class HourBuckets
{
    private readonly List<HourBucket> _buckets = [];
    private readonly List<LifetimeTotal> _totals = [];

    /// <summary>Ordered by (hour, name).</summary>
    public ReadOnlySpan<HourBucket> Buckets => CollectionsMarshal.AsSpan(_buckets);

    public ReadOnlySpan<LifetimeTotal> Totals => CollectionsMarshal.AsSpan(_totals);

    /// <summary>The instant from which the buckets are complete; null while none was folded.</summary>
    public Instant? DetailSince => _totals.Count == 0 || _buckets.Count == 0 ? null : _buckets[0].At;

    public void Clear()
    {
        _buckets.Clear();
        _totals.Clear();
    }

    public FactOutcome Add(Instant at, string name, int dwellSeconds)
    {
        var hour = (int)(at.FloorToHour().Milliseconds / MillisecondsPer.Hour);
        if (_totals.Count > 0 && Compare(_buckets[0], hour, name) > 0)
        {
            if (!Knows(name) && Names() >= Limits.KindsMax) return TooManyKinds;
            Fold(new HourBucket(hour, name, 1, dwellSeconds));
            return FactOutcome.Accepted;
        }

        var index = _buckets.Count;
        while (index > 0 && Compare(_buckets[index - 1], hour, name) > 0) index--;
        if (index > 0 && Compare(_buckets[index - 1], hour, name) == 0)
        {
            ref var bucket = ref CollectionsMarshal.AsSpan(_buckets)[index - 1];
            bucket.Count++;
            bucket.DwellSeconds = (int)Math.Min(int.MaxValue, (long)bucket.DwellSeconds + dwellSeconds);
            return FactOutcome.Accepted;
        }

        if (!Knows(name) && Names() >= Limits.KindsMax) return TooManyKinds;
        _buckets.Insert(index, new HourBucket(hour, name, 1, dwellSeconds));
        if (_buckets.Count > Limits.HourBucketsMax)
        {
            Fold(_buckets[0]);
            _buckets.RemoveAt(0);
        }

        return FactOutcome.Accepted;
    }

    /// <summary>Events of the names (of all names when null) inside the window.</summary>
    public long Count(IReadOnlyList<string>? names, Window window, Instant now)
    {
        var start = window.Start(now);
        long count = 0;
        for (var index = _buckets.Count - 1; index >= 0 && _buckets[index].At >= start; index--)
            if (_buckets[index].At <= now && Matches(names, _buckets[index].Name))
                count += _buckets[index].Count;
        if (!window.IsAll) return count;
        foreach (ref readonly var total in Totals)
            if (Matches(names, total.Name))
                count += total.Count;
        return count;
    }

    /// <summary>Seconds spent on the names (on all when null) inside the window.</summary>
    public long Dwell(IReadOnlyList<string>? names, Window window, Instant now)
    {
        var start = window.Start(now);
        long seconds = 0;
        for (var index = _buckets.Count - 1; index >= 0 && _buckets[index].At >= start; index--)
            if (_buckets[index].At <= now && Matches(names, _buckets[index].Name))
                seconds += _buckets[index].DwellSeconds;
        if (!window.IsAll) return seconds;
        foreach (ref readonly var total in Totals)
            if (Matches(names, total.Name))
                seconds += total.DwellSeconds;
        return seconds;
    }

    /// <summary>The hour of the last event, null when there was none.</summary>
    public Instant? LastAt(Instant now)
    {
        for (var index = _buckets.Count - 1; index >= 0; index--)
            if (_buckets[index].At <= now)
                return _buckets[index].At;
        Instant? last = null;
        foreach (ref readonly var total in Totals)
            last = Instant.Max(last ?? Instant.Beginning, new Instant(total.LastHour * MillisecondsPer.Hour));
        return last;
    }

    /// <summary>The first instant after <paramref name="now"/> at which a bucket enters or leaves the window.</summary>
    public Instant NextChange(IReadOnlyList<string>? names, Window window, Instant now)
    {
        var start = window.Start(now);
        var next = Instant.Never;
        var oldest = Instant.Never;
        for (var index = _buckets.Count - 1; index >= 0 && _buckets[index].At >= start; index--)
        {
            if (!Matches(names, _buckets[index].Name)) continue;
            if (_buckets[index].At > now) next = _buckets[index].At;
            else oldest = _buckets[index].At;
        }

        return oldest.IsNever ? next : Instant.Min(next, window.Leaves(oldest));
    }

    internal void Restore(HourBucket bucket) => _buckets.Add(bucket);

    internal void Restore(LifetimeTotal total) => _totals.Add(total);

    private static FactOutcome TooManyKinds => FactOutcome.Rejected($"the customer has {Limits.KindsMax} kinds already");

    private void Fold(HourBucket bucket)
    {
        foreach (ref var total in CollectionsMarshal.AsSpan(_totals))
        {
            if (total.Name != bucket.Name) continue;
            total.Count += bucket.Count;
            total.DwellSeconds += bucket.DwellSeconds;
            total.LastHour = Math.Max(total.LastHour, bucket.Hour);
            return;
        }

        var index = _totals.FindIndex(total => string.CompareOrdinal(total.Name, bucket.Name) > 0);
        _totals.Insert(index < 0 ? _totals.Count : index, new LifetimeTotal(bucket.Name, bucket.Hour, bucket.Count, bucket.DwellSeconds));
    }

    private bool Knows(string name)
    {
        foreach (ref readonly var bucket in Buckets)
            if (bucket.Name == name)
                return true;
        foreach (ref readonly var total in Totals)
            if (total.Name == name)
                return true;
        return false;
    }

    private int Names() =>
        _buckets.Count < Limits.KindsMax ? 0 : _buckets.Select(bucket => bucket.Name).Concat(_totals.Select(total => total.Name)).Distinct().Count();

    private static bool Matches(IReadOnlyList<string>? names, string name)
    {
        if (names is null) return true;
        for (var index = 0; index < names.Count; index++)
            if (names[index] == name)
                return true;
        return false;
    }

    private static int Compare(in HourBucket bucket, int hour, string name) =>
        bucket.Hour != hour ? bucket.Hour.CompareTo(hour) : string.CompareOrdinal(bucket.Name, name);
}
