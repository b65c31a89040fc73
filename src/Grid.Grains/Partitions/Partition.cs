using Grid.Grains.Calls;
using Grid.Ledger;
using Grid.Model.Customers;
using Grid.Model.Time;
using Microsoft.Extensions.Logging;

namespace Grid.Grains.Partitions;

/// <summary>
/// The work of a <see cref="PartitionGrain"/>: fills the columns of one partition from the ledger, updates them by its commits, and wakes its
/// customers. Used by one thread at a time; other threads read only the properties.
/// </summary>
/// <param name="activation">Its name, which no other activation of the partition has.</param>
public sealed partial class Partition(int number, string activation, PartitionServices services, ILogger logger) : IDisposable
{
    private readonly PartitionColumns _columns = new(activation);
    private readonly AsyncSignal _nearer = new();
    private readonly AsyncSignal _behind = new();
    private TaskCompletionSource _located = Completions.New();
    private TaskCompletionSource _filled = Completions.New();
    private CommitPosition _position = CommitPosition.Start;

    // The number of the current fill: an earlier fill ends without effect. Customers erased after the fill fixed its rows are not put.
    private int _fill;
    private readonly HashSet<CustomerId> _erased = [];
    private long _erasures;

    // The rulebook whose measures the columns keep.
    private int _rulebook;

    // Copies for other threads.
    private long _nextDue = long.MaxValue;
    private int _customers;

    /// <summary>Whether all customers of the partition are known.</summary>
    public bool IsFilled => _filled.Task.IsCompletedSuccessfully;

    public int Customers => Volatile.Read(ref _customers);

    /// <summary>The earliest deadline; <see cref="Instant.Never"/> when there is none.</summary>
    public Instant NextDue => new(Volatile.Read(ref _nextDue));

    /// <summary>Runs until cancelled: fills the columns, then wakes customers and moves them to new rulebooks.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        await services.Rules.Published.WaitAsync(cancellation);
        await Fill(cancellation);
        var migrating = RunMigrations(cancellation);
        var waking = services.Pace == GridPace.ByItself ? RunWakes(cancellation) : Task.CompletedTask;
        await Task.WhenAll(migrating, waking);
    }

    /// <summary>The position up to which commits are applied.</summary>
    public async Task<CommitPosition> Position(CancellationToken cancellation)
    {
        await _located.Task.WaitAsync(cancellation);
        return _position;
    }

    /// <summary>Applies commits. Commits that were applied before change nothing.</summary>
    public async Task Apply(CommitStretch stretch, CancellationToken cancellation)
    {
        var (after, upTo) = (CommitPosition.Parse(stretch.After), CommitPosition.Parse(stretch.UpTo));

        // The position is fixed before the rows are read; stretches handed over meanwhile come after it.
        await _located.Task.WaitAsync(cancellation);
        if (!_position.Covers(after))
            throw new InvalidOperationException($"Partition {number} is at {_position}, the stretch begins after {after}.");

        // A stretch can begin before the position and, in another lane, end after it. A repeated erasure would remove a customer who has started
        // again under the same id.
        if (_position.Covers(upTo)) return;
        UseRules();
        foreach (var customer in stretch.Beyond(_position))
        {
            if (customer.IsErased) _erasures++;
            if (customer.IsErased && !IsFilled) _erased.Add(customer.Customer);
            _columns.Put(customer);
        }

        _position = _position.Later(upTo);
        Publish();
    }

    /// <summary>Reads all rows again, because commits were dropped before the feed could hand them over.</summary>
    public async Task Refill(CancellationToken cancellation)
    {
        // Callers that wait for an unfinished fill wait for this one.
        if (_filled.Task.IsCompleted) _filled = Completions.New();
        if (_located.Task.IsCompleted) _located = Completions.New();
        await Fill(cancellation);
    }

    public PartitionStatus Status() => new(
        IsFilled, _columns.Customers, new Dictionary<int, int>(_columns.CustomersByRulebook), _columns.NextDue.Milliseconds);

    public async Task<IReadOnlyList<RulebookCounts>> Counts(string scheme, CancellationToken cancellation)
    {
        await _filled.Task.WaitAsync(cancellation);
        return _columns.Counts(scheme, services.Rules.Value.Layouts);
    }

    /// <summary>The mark of each measure's values.</summary>
    public IReadOnlyList<MeasureMark> Marks() => _columns.Marks();

    public async Task<IReadOnlyList<MeasureValues>> Values(IReadOnlyList<MeasureRequest> requests, CancellationToken cancellation)
    {
        await _filled.Task.WaitAsync(cancellation);
        UseRules();

        // The partition was activated again after it had read the measures.
        if (requests.FirstOrDefault(request => !_columns.Knows(request.Measure)) is { } unknown)
            throw new OrleansException($"Partition {number} does not know all values of {unknown.Measure} yet; ask again.");
        return [.. requests.Select(request => _columns.Values(request.Measure, request.WithCustomers))];
    }

    public void Dispose()
    {
        _draining.Dispose();
        _learning.Dispose();
    }

    private async Task Fill(CancellationToken cancellation)
    {
        var fill = ++_fill;
        while (fill == _fill)
        {
            try
            {
                if (await Read(fill, cancellation) is not { } leaving) return;
                _filled.TrySetResult();
                services.Local.Changed.Set();

                // The silo that was erasing these customers ended before the erasure did.
                // Each is woken, which completes its erasure. A second erasure would remove a customer who has started again under the same id.
                foreach (var customer in leaving) await services.Grains.Customer(customer).Advance(services.Rules.Value.Epoch, 0);
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                CouldNotFill(logger, CallFailures.LevelOf(exception), number, exception);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(GridLimits.RetryMilliseconds), services.Machine, cancellation);
        }
    }

    /// <returns>Customers whose erasure has begun and not ended; null when a later fill has replaced this one.</returns>
    private async Task<List<CustomerId>?> Read(int fill, CancellationToken cancellation)
    {
        _columns.Clear();
        _erased.Clear();
        UseRules();
        var leaving = new List<CustomerId>();
        using var scan = await services.Ledger.ScanHeads(number, cancellation);
        if (fill != _fill) return null;
        _position = _position.Later(scan.Position);
        _located.TrySetResult();
        var read = 0;
        await foreach (var head in scan.Heads.WithCancellation(cancellation))
        {
            if (fill != _fill) return null;
            if (_erased.Contains(head.Customer)) continue;
            if (head.Standing.Rulebook == 0) leaving.Add(head.Customer);
            else _columns.Put(head);

            // A loop that never yields would keep the silo's threads from events.
            if (++read % GridLimits.FillSliceRows != 0) continue;
            Publish();
            await Task.Yield();
        }

        _columns.EndFilling();
        Publish();
        foreach (var damage in scan.Damaged)
            if (_damaged.Add(damage.Customer!.Value))
                Damaged(logger, damage.Message);
        return leaving;
    }

    /// <summary>Keeps the measures of the rulebook in force from here on.</summary>
    private void UseRules()
    {
        var rules = services.Rules.Value;
        if (rules.Rulebook.Number == _rulebook) return;
        _rulebook = rules.Rulebook.Number;
        _columns.Use([.. rules.Rulebook.Measures.Select(measure => measure.Id)], rules.Layouts.Values);
    }

    /// <summary>Publishes the changes to other threads, and signals the waking loop when a nearer deadline arrived.</summary>
    private void Publish()
    {
        var next = _columns.NextDue.Milliseconds;
        var nearer = next < _nextDue;
        Volatile.Write(ref _nextDue, next);
        Volatile.Write(ref _customers, _columns.Customers);
        if (nearer) _nearer.Set();
        if (BehindCount() > 0) _behind.Set();
    }

    [LoggerMessage(Message = "Partition {Number} could not be read from the ledger; retrying.")]
    private static partial void CouldNotFill(ILogger logger, LogLevel level, int number, Exception exception);
}
