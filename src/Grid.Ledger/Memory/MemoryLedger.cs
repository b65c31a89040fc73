using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Grid.Ledger.Log;
using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Ledger.Memory;

/// <summary>
/// The simplest ledger: one lock, and each commit a batch of its own. Its content is lost when the process ends. It serves tests and simulations, and
/// as the reference for the other stores.
/// </summary>
public sealed class MemoryLedger : ILedger, IStateRecords, IStateDatabase
{
    private readonly LedgerLimits _limits;
    private readonly CommitLog _commits;
    private readonly Lock _gate = new();

    // All fields below are used under the gate only.
    private readonly SortedDictionary<CustomerId, CustomerRow> _rows = new(IdOrder.Instance);
    private readonly Dictionary<CustomerId, CommittedCustomer>[] _heads;
    private readonly List<LoggedTransition> _log = [];
    private readonly Queue<KeptReject> _rejects = [];
    private readonly Dictionary<(string Name, string Key), (long Number, byte[]? Payload)> _records = [];
    private long _epoch;
    private long _lastReject;
    private int _erasures;

    private readonly Lazy<MemoryStates> _states = new();

    public MemoryLedger(LedgerLimits? limits = null)
    {
        _limits = limits ?? new LedgerLimits();
        _commits = new CommitLog(_limits);
        _heads = [.. Enumerable.Range(0, PartitionOf.Count).Select(_ => new Dictionary<CustomerId, CommittedCustomer>())];
    }

    public string Invariant => "System.Data.SQLite";

    public DbDataSource Connections => _states.Value;

    public LedgerStatistics Statistics { get; } = new();

    public AsyncSignal Signal => _commits.Signal;

    public CommitPosition CommitHead => _commits.Head;

    public LogPosition Head
    {
        get
        {
            lock (_gate) return new LogPosition(_log.Count);
        }
    }

    public Task Open(CancellationToken cancellation) => Task.CompletedTask;

    public ValueTask<CustomerRow?> Load(CustomerId customer, CancellationToken cancellation)
    {
        lock (_gate) return new ValueTask<CustomerRow?>(_rows.GetValueOrDefault(customer));
    }

    public long? Erasures
    {
        get
        {
            lock (_gate) return _erasures;
        }
    }

    public ValueTask<CommitOutcome> Commit(CustomerChange change)
    {
        lock (_gate)
        {
            var actual = _rows.TryGetValue(change.Customer, out var row) ? row.Version : 0;
            if (change.Epoch < _epoch) return new ValueTask<CommitOutcome>(new RulesOutdated(_epoch));
            if (change.Version != actual + 1 || change.ErasuresBefore is { } erasures && erasures != _erasures)
            {
                Statistics.Conflict();
                return new ValueTask<CommitOutcome>(new VersionConflict(actual));
            }

            _rows[change.Customer] = new CustomerRow(change.Customer, change.Version, change.State, change.DueAt, change.Measures);
            foreach (var transition in change.Transitions) _log.Add(new LoggedTransition(0, _log.Count + 1, transition));
            Statistics.Batch(1, change.Transitions.Count, change.Delta.Length, 0);
            var head = new LogPosition(_log.Count);
            var committed = CommittedCustomer.From(change);
            _heads[PartitionOf.Customer(change.Customer)][change.Customer] = committed;
            _commits.Add([committed], _log.Count);
            return new ValueTask<CommitOutcome>(new Committed(head));
        }
    }

    public ValueTask<long> Fence(long epoch)
    {
        lock (_gate) return new ValueTask<long>(_epoch = Math.Max(_epoch, epoch));
    }

    public ValueTask<LogPage> Tail(LogPosition after, int limit, CancellationToken cancellation)
    {
        lock (_gate)
        {
            var start = (int)Math.Min(after[0], _log.Count);
            var items = _log.GetRange(start, Math.Min(Math.Clamp(limit, 1, _limits.PageTransitionsMax), _log.Count - start));
            return new ValueTask<LogPage>(new LogPage(items, items.Count == 0 ? after : after.With(0, items[^1].Sequence)));
        }
    }

    public ValueTask<IReadOnlyList<DueCustomer>> Due(Instant before, int limit, CancellationToken cancellation)
    {
        lock (_gate)
        {
            IReadOnlyList<DueCustomer> due =
            [
                .. _rows.Values.Where(row => !row.DueAt.IsNever && row.DueAt <= before)
                    .OrderBy(row => row.DueAt)
                    .Take(Math.Max(1, limit))
                    .Select(row => new DueCustomer(row.Customer, row.DueAt)),
            ];
            return new ValueTask<IReadOnlyList<DueCustomer>>(due);
        }
    }

    public ValueTask<Instant> NextDue(CancellationToken cancellation)
    {
        lock (_gate) return new ValueTask<Instant>(_rows.Values.Select(row => row.DueAt).DefaultIfEmpty(Instant.Never).Min());
    }

    public ValueTask<LedgerScan> Scan(CancellationToken cancellation)
    {
        lock (_gate)
        {
            StoredRow[] rows = [.. _rows.Values.Select(row => new StoredRow(row))];
            return new ValueTask<LedgerScan>(new LedgerScan(new LogPosition(_log.Count), Items(rows, cancellation)));
        }
    }

    public ValueTask<LedgerScan> Scan(int partition, CancellationToken cancellation)
    {
        lock (_gate)
        {
            StoredRow[] rows = [.. _heads[partition].Keys.Order(IdOrder.Instance).Select(customer => new StoredRow(_rows[customer]))];
            return new ValueTask<LedgerScan>(new LedgerScan(new LogPosition(_log.Count), Items(rows, cancellation)));
        }
    }

    public ValueTask<PartitionScan> ScanHeads(int partition, CancellationToken cancellation)
    {
        lock (_gate)
        {
            var heads = Items([.. _heads[partition].Values], cancellation);
            return new ValueTask<PartitionScan>(new PartitionScan(CommitHead, heads, []));
        }
    }

    public ValueTask<CommitPage?> Commits(CommitPosition after, int limitBatches, CancellationToken cancellation) =>
        new(_commits.After(after, limitBatches));

    public async ValueTask<bool> Erase(CustomerId customer, CancellationToken cancellation)
    {
        if (_states.IsValueCreated) await _states.Value.Erase(customer, cancellation);
        lock (_gate)
        {
            var existed = _rows.Remove(customer);
            var name = new CustomerId($"erased:{++_erasures}");
            for (var index = 0; index < _log.Count; index++)
                if (_log[index].Transition.Customer == customer)
                    _log[index] = _log[index] with { Transition = _log[index].Transition with { Customer = name } };
            var others = _rejects.Where(kept => kept.Item.Customer != customer.Value).ToArray();
            _rejects.Clear();
            foreach (var kept in others) _rejects.Enqueue(kept);
            _heads[PartitionOf.Customer(customer)].Remove(customer);
            if (existed) _commits.Add([CommittedCustomer.Erased(customer)], _log.Count);
            return existed;
        }
    }

    public ValueTask Reject(IReadOnlyList<Reject> rejects)
    {
        lock (_gate)
        {
            foreach (var reject in rejects)
            {
                var raw = reject.Raw.AsSpan(0, Math.Min(reject.Raw.Length, _limits.RejectRawBytesMax)).ToArray();
                _rejects.Enqueue(new KeptReject(++_lastReject, reject with { Raw = raw }));
                if (_rejects.Count > _limits.RejectsKeptMax) _rejects.Dequeue();
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<KeptReject>> Rejects(long after, int limit, CancellationToken cancellation)
    {
        lock (_gate)
        {
            IReadOnlyList<KeptReject> kept = [.. _rejects.Where(reject => reject.Sequence > after).Take(Math.Max(1, limit))];
            return new ValueTask<IReadOnlyList<KeptReject>>(kept);
        }
    }

    public ValueTask<StateRecord?> Read(string name, string key, CancellationToken cancellation)
    {
        lock (_gate) return new ValueTask<StateRecord?>(Stored(name, key));
    }

    public ValueTask<RecordOutcome> Write(string name, string key, ReadOnlyMemory<byte> payload, string? tag) =>
        Store(name, key, payload.ToArray(), tag);

    public ValueTask<RecordOutcome> Clear(string name, string key, string? tag) => Store(name, key, null, tag);

    public ValueTask DisposeAsync() => _states.IsValueCreated ? _states.Value.DisposeAsync() : ValueTask.CompletedTask;

    private static async IAsyncEnumerable<T> Items<T>(T[] items, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        foreach (var item in items)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return item;
        }
    }


    private StateRecord? Stored(string name, string key) =>
        _records.GetValueOrDefault((name, key)) is { Payload: { } payload, Number: var number }
            ? new StateRecord(payload, number.ToString(CultureInfo.InvariantCulture))
            : null;

    private ValueTask<RecordOutcome> Store(string name, string key, byte[]? payload, string? tag)
    {
        lock (_gate)
        {
            var stored = Stored(name, key);
            if (stored?.Tag != tag) return new ValueTask<RecordOutcome>(new RecordConflict(stored?.Tag));
            var number = _records.GetValueOrDefault((name, key)).Number + 1;
            _records[(name, key)] = (number, payload);
            return new ValueTask<RecordOutcome>(
                new RecordWritten(payload is null ? null : number.ToString(CultureInfo.InvariantCulture)));
        }
    }
}
