using System.Runtime.InteropServices;
using Grid.Model.Facts;
using Grid.Model.Rejections;
using Grid.Model.Time;

namespace Grid.Model.Customers;

/// <summary>Totals per name of the hour buckets that were folded; kept for ever.</summary>
public record struct LifetimeTotal(string Name, int LastHour, long Count, long DwellSeconds);

/// <summary>
/// Counts per name and hour, each split into its quarters, the newest <see cref="Limits.HourBucketsMax"/> hours of them; older ones are folded into
/// totals. What it holds does not depend on the order in which it was filled, because a bucket is only folded when that many newer ones exist.
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

    /// <summary>
    /// The hour from which each event is known by its quarter. The events of an hour before it count as of its first quarter, because a build that kept
    /// hours only wrote them. 0: all are known by their quarter.
    /// </summary>
    internal int QuartersFrom { get; private set; }

    /// <summary>The instant from which each event is known by its quarter of an hour; null while all in the buckets are.</summary>
    public Instant? QuartersSince => QuartersFrom == 0 ? null : new Instant(QuartersFrom * MillisecondsPer.Hour);

    public void Clear()
    {
        QuartersFrom = 0;
        _buckets.Clear();
        _totals.Clear();
    }

    public FactOutcome Add(Instant at, string name, int dwellSeconds)
    {
        var hour = (int)(at.FloorToHour().Milliseconds / MillisecondsPer.Hour);
        var quarter = (int)((at.FloorToQuarter().Milliseconds - at.FloorToHour().Milliseconds) / MillisecondsPer.Quarter);
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
            CollectionsMarshal.AsSpan(_buckets)[index - 1].Add(quarter, dwellSeconds);
            return FactOutcome.Accepted;
        }

        if (!Knows(name) && Names() >= Limits.KindsMax) return TooManyKinds;
        var added = new HourBucket(hour, name, 0, 0);
        added.Add(quarter, dwellSeconds);
        _buckets.Insert(index, added);
        if (_buckets.Count > Limits.HourBucketsMax)
        {
            Fold(_buckets[0]);
            _buckets.RemoveAt(0);
            if (_buckets[0].Hour >= QuartersFrom) QuartersFrom = 0;
        }

        return FactOutcome.Accepted;
    }

    /// <summary>Events of the names (of all names when null) inside the window.</summary>
    public long Count(IReadOnlyList<string>? names, Window window, Instant now)
    {
        var start = window.Start(now);
        long count = 0;
        for (var index = _buckets.Count - 1; index >= 0 && Last(index) >= start; index--)
        {
            ref readonly var bucket = ref Buckets[index];
            if (bucket.At > now || !Matches(names, bucket.Name)) continue;
            if (bucket.At >= start && Last(index) <= now)
            {
                count += bucket.Count;
                continue;
            }

            for (var quarter = 0; quarter < HourBucket.Quarters; quarter++)
                if (bucket.AtQuarter(quarter) >= start && bucket.AtQuarter(quarter) <= now)
                    count += bucket.CountOf(quarter);
        }

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
        for (var index = _buckets.Count - 1; index >= 0 && Last(index) >= start; index--)
        {
            ref readonly var bucket = ref Buckets[index];
            if (bucket.At > now || !Matches(names, bucket.Name)) continue;
            if (bucket.At >= start && Last(index) <= now)
            {
                seconds += bucket.DwellSeconds;
                continue;
            }

            for (var quarter = 0; quarter < HourBucket.Quarters; quarter++)
                if (bucket.AtQuarter(quarter) >= start && bucket.AtQuarter(quarter) <= now)
                    seconds += bucket.DwellOf(quarter);
        }

        if (!window.IsAll) return seconds;
        foreach (ref readonly var total in Totals)
            if (Matches(names, total.Name))
                seconds += total.DwellSeconds;
        return seconds;
    }

    /// <summary>The quarter of an hour of the last event, the hour of one that is folded; null when there was none.</summary>
    public Instant? LastAt(Instant now)
    {
        Instant? last = null;
        for (var index = _buckets.Count - 1; index >= 0 && (last is null || Last(index) > last); index--)
            if (_buckets[index].LastAt(now) is { } at && !(at <= last))
                last = at;
        if (last is not null) return last;
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
        for (var index = _buckets.Count - 1; index >= 0 && Last(index) >= start; index--)
        {
            ref readonly var bucket = ref Buckets[index];
            if (!Matches(names, bucket.Name)) continue;
            for (var quarter = HourBucket.Quarters - 1; quarter >= 0; quarter--)
            {
                var at = bucket.AtQuarter(quarter);
                if (at < start || bucket.CountOf(quarter) == 0) continue;
                if (at > now) next = Instant.Min(next, at);
                else oldest = Instant.Min(oldest, at);
            }
        }

        return oldest.IsNever ? next : Instant.Min(next, window.Leaves(oldest));
    }

    internal void Restore(HourBucket bucket) => _buckets.Add(bucket);

    internal void Restore(LifetimeTotal total) => _totals.Add(total);

    /// <summary>All events ever counted.</summary>
    internal long Events()
    {
        long events = 0;
        foreach (ref readonly var bucket in Buckets) events += bucket.Count;
        foreach (ref readonly var total in Totals) events += total.Count;
        return events;
    }

    /// <summary>Adopts how a stored hour splits into quarters; ignored when the hour is not kept or has fewer events.</summary>
    /// <param name="from">The index from which the hour is searched.</param>
    /// <returns>The index from which the next hour is searched.</returns>
    internal int Split(int from, int hour, string name, in QuarterTotals later)
    {
        var buckets = CollectionsMarshal.AsSpan(_buckets);
        while (from < buckets.Length && Compare(buckets[from], hour, name) < 0) from++;
        if (from < buckets.Length && Compare(buckets[from], hour, name) == 0 && later.CountSum <= buckets[from].Count) buckets[from].Later = later;
        return from;
    }

    /// <summary>Sets the hour before which events are not known by their quarter.</summary>
    internal void BeginQuarters(int hour) => QuartersFrom = _buckets.Count == 0 || _buckets[0].Hour >= hour ? 0 : hour;

    private Instant Last(int index) => _buckets[index].AtQuarter(HourBucket.Quarters - 1);

    private static FactOutcome TooManyKinds => FactOutcome.Rejected(Reasons.KindsFull.With(Limits.KindsMax));

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
