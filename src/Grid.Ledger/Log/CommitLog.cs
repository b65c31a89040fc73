namespace Grid.Ledger.Log;

/// <summary>
/// The newest batches of the one lane of a ledger, in memory: a ring bounded by the number of customers in it. Batches are numbered from 1. One
/// thread adds, any thread reads; the lock is held only briefly.
/// </summary>
internal sealed class CommitLog(LedgerLimits limits)
{
    private readonly Lock _gate = new();

    // Written under the gate. A batch's slot follows from its number, which is why the length is a power of two.
    private CommittedBatch[] _batches = new CommittedBatch[64];
    private long _first = 1;
    private long _customers;
    private long _head;

    /// <summary>The last batch.</summary>
    public CommitPosition Head => new(Volatile.Read(ref _head));

    public AsyncSignal Signal { get; } = new();

    /// <param name="customers">The list must not change afterwards.</param>
    /// <param name="lastSequence">Number of the last transition after the batch.</param>
    public void Add(IReadOnlyList<CommittedCustomer> customers, long lastSequence)
    {
        lock (_gate)
        {
            var number = _head + 1;
            _customers += customers.Count;
            while (_customers > limits.CommitsKeptMax && _first < number) Drop();
            if (number - _first == _batches.Length) Grow();
            Slot(number) = new CommittedBatch(0, number, lastSequence, customers);
            Volatile.Write(ref _head, number);
        }

        Signal.Set();
    }

    /// <summary>Batches after a position; null when some were dropped, or the position comes from an earlier opening of the ledger.</summary>
    public CommitPage? After(CommitPosition after, int limit)
    {
        var place = after[0];
        if (place == Volatile.Read(ref _head)) return new CommitPage([], after);
        var batches = new List<CommittedBatch>();
        lock (_gate)
        {
            if (place > _head || place + 1 < _first) return null;
            var last = Math.Min(_head, place + Math.Clamp(limit, 1, limits.PageBatchesMax));
            var customers = 0;
            for (var number = place + 1; number <= last && customers < limits.PageCommitsMax; number++)
            {
                var batch = Slot(number);
                batches.Add(batch);
                customers += batch.Customers.Count;
            }
        }

        return new CommitPage(batches, after.With(0, batches[^1].Number));
    }

    private void Drop()
    {
        _customers -= Slot(_first).Customers.Count;
        Slot(_first) = null!;
        _first++;
    }

    private void Grow()
    {
        var larger = new CommittedBatch[_batches.Length * 2];
        for (var number = _first; number <= _head; number++) larger[number & (larger.Length - 1)] = Slot(number);
        _batches = larger;
    }

    private ref CommittedBatch Slot(long number) => ref _batches[number & (_batches.Length - 1)];
}
