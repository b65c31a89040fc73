using System.Collections.Concurrent;
using Grid.Ledger;
using Grid.Model.Time;

namespace Grid.Grains.Partitions;

/// <summary>The partitions that this silo hosts now, for its metrics, its health and the driver of a replay.</summary>
public sealed class LocalPartitions
{
    private readonly ConcurrentDictionary<int, Partition> _partitions = [];
    private long _woken;

    /// <summary>How many times a customer was woken by this silo.</summary>
    public long Woken => Volatile.Read(ref _woken);

    /// <summary>Completes with the next change of any partition.</summary>
    public AsyncSignal Changed { get; } = new();

    public int Count => _partitions.Count;

    public int Filled => _partitions.Values.Count(partition => partition.IsFilled);

    public int Customers => _partitions.Values.Sum(partition => partition.Customers);

    /// <summary>The earliest deadline of the customers of these partitions.</summary>
    public Instant NextDue
    {
        get
        {
            var next = Instant.Never;
            foreach (var (_, partition) in _partitions) next = Instant.Min(next, partition.NextDue);
            return next;
        }
    }

    /// <summary>How far the earliest deadline lies in the past; zero when nothing is overdue.</summary>
    public TimeSpan Lag(Instant now)
    {
        var due = NextDue;
        return due < now ? TimeSpan.FromMilliseconds(now.Milliseconds - due.Milliseconds) : TimeSpan.Zero;
    }

    /// <summary>The numbers of the partitions, those with the earliest deadlines first.</summary>
    public IReadOnlyList<int> DueBy(Instant until) =>
        [.. _partitions.Where(known => known.Value.NextDue <= until).OrderBy(known => known.Value.NextDue).Select(known => known.Key)];

    public void Add(int number, Partition partition) => _partitions[number] = partition;

    public void Remove(int number, Partition partition) => _partitions.TryRemove(new KeyValuePair<int, Partition>(number, partition));

    internal void CountWoken() => Interlocked.Increment(ref _woken);
}
