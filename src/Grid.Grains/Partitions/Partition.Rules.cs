using Grid.Grains.Populations;
using Grid.Grains.Rules;
using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Grains.Partitions;

/// <summary>
/// The part that follows the rules in force: reads new measures, wakes customers whom new cut-offs decide differently, migrates to a new rulebook.
/// </summary>
public sealed partial class Partition
{
    // Reads one set of measures at a time, so that a second caller finds the values that the first has read.
    private readonly SemaphoreSlim _learning = new(1, 1);

    // The last epoch that customers must be moved to. This silo may adopt the epoch later than its customers have to be decided by it.
    private long _epoch;

    // The last time this partition received events, on the machine's clock.
    private long _eventsCame;

    /// <summary>Reads from the rows of the partition the measures of a rulebook whose values are not known for every customer.</summary>
    /// <param name="files">Of the rulebook; empty: the one in force.</param>
    public async Task Learn(IReadOnlyList<SchemeSource> files, CancellationToken cancellation)
    {
        await _filled.Task.WaitAsync(cancellation);
        await _learning.WaitAsync(cancellation);
        try
        {
            UseRules();
            List<Measure> unknown = [.. Measures(files).Where(measure => !_columns.Knows(measure.Id))];
            if (unknown.Count == 0) return;
            foreach (var measure in unknown) _columns.BeginReading(measure.Id);
            if (_columns.Customers > 0) await Read(unknown, cancellation);
            foreach (var measure in unknown) _columns.EndReading(measure.Id);
        }
        finally
        {
            _learning.Release();
        }
    }

    /// <summary>Brings the values of the measures in force to an instant.</summary>
    public async Task Prepare(Instant asOf, CancellationToken cancellation)
    {
        await Learn([], cancellation);
        await AdvanceTo(asOf, cancellation);
    }

    /// <summary>Wakes every customer whom the two sets of cut-offs decide differently; the evaluation finds out whether its layers change.</summary>
    public async Task Move(CutoffChange change, CancellationToken cancellation)
    {
        await _filled.Task.WaitAsync(cancellation);
        _epoch = Math.Max(_epoch, change.Epoch);
        UseRules();
        IReadOnlyList<CustomerId> left = _columns.Where(Conditions(change));
        while (true)
        {
            left = await Advance(left, cancellation);
            Publish();

            // The publication is complete when this returns: after a crash nothing would move the customers who are left. Erased customers count as
            // moved.
            left = [.. left.Where(_columns.Has)];
            if (left.Count == 0) return;
            await Task.Delay(TimeSpan.FromMilliseconds(GridLimits.RetryMilliseconds), services.Machine, cancellation);
        }
    }

    private List<MeasureCondition> Conditions(CutoffChange change)
    {
        var rulebook = services.Rules.Value.Rulebook;
        var conditions = new List<MeasureCondition>();
        foreach (var measure in rulebook.Measures)
        {
            if (change.After.FirstOrDefault(cutoffs => cutoffs.Measure == measure.Id) is not { } now) continue;
            var then = change.Before.FirstOrDefault(cutoffs => cutoffs.Measure == measure.Id) ?? Baseline.None.Of(measure);
            var reads = rulebook.ReadsOf(measure);
            if (!now.CutsLike(then))
                conditions.Add(new MeasureCondition(measure.Id, (value, customer) => !now.DecidesLike(then, value, customer, reads)));
        }

        return conditions;
    }

    private IReadOnlyList<Measure> Measures(IReadOnlyList<SchemeSource> files) =>
        files.Count == 0 ? services.Rules.Value.Rulebook.Measures : services.Measures.Of(files);

    /// <summary>Reads measures from rows that do not project them. Brings each customer up to now as its own grain would, without a commit.</summary>
    private async Task Read(List<Measure> measures, CancellationToken cancellation)
    {
        using var scan = await services.Ledger.Scan(number, cancellation);
        var start = new ScanContext(scan.Position, services.Clock.Now, services.Rules.Value);
        var customer = new Customer();
        var read = 0;
        await foreach (var row in scan.SoundRows(static _ => { }, cancellation))
        {
            if (CustomerCodec.HasLeft(row.State)) continue;
            CustomerCodec.Decode(row.Customer, row.State, customer);
            start.BringUp(row, customer);
            var at = Instant.Max(start.AsOf, customer.EvaluatedAt);
            foreach (var measure in measures)
                if (measure.Value(customer, at) is var value && value != Measure.Absent)
                    _columns.PutRead(measure.Id, row.Customer, value);
            if (++read % GridLimits.FillSliceRows == 0) await Task.Yield();
        }
    }

    private async Task RunMigrations(CancellationToken cancellation)
    {
        while (true)
        {
            // A commit from just before the publication may arrive, or be read from its row, after all other customers have moved.
            var (changed, behind) = (services.Rules.Changed.Next(), _behind.Next());
            await Migrate(cancellation);
            services.Local.Changed.Set();
            await (await Task.WhenAny(changed, behind).WaitAsync(cancellation));
        }
    }

    /// <summary>
    /// Moves customers without events of their own to the rulebook in force, a few at a time; events go first. It can be interrupted at any time:
    /// each row has the number of its rulebook. It rests by the machine's clock, not by the grid's.
    /// </summary>
    private async Task Migrate(CancellationToken cancellation)
    {
        UseRules();
        var before = int.MaxValue;
        while (_columns.Behind(_rulebook, GridLimits.SweepBatchMax) is { Count: > 0 } some)
        {
            // Failed moves are retried after a pause.
            var left = BehindCount();
            if (left >= before)
                await Task.Delay(TimeSpan.FromMilliseconds(GridLimits.RetryMilliseconds), services.Machine, cancellation);
            before = left;
            await services.Turns.Migrations.WaitAsync(cancellation);
            try
            {
                await services.Events.Ended(TimeSpan.FromMilliseconds(GridLimits.SweepYieldMilliseconds), services.Machine, cancellation);
                var began = services.Machine.GetTimestamp();
                await Advance(some, cancellation);
                Publish();
                await Task.Delay(services.Machine.GetElapsedTime(began) * RestFactor(), services.Machine, cancellation);
            }
            finally
            {
                services.Turns.Migrations.Release();
            }

            UseRules();
        }
    }

    private int BehindCount() => _columns.Customers - _columns.CustomersByRulebook.GetValueOrDefault(_rulebook);

    private int RestFactor()
    {
        if (services.Events.HaveCome()) _eventsCame = services.Machine.GetTimestamp();
        var quiet = services.Machine.GetElapsedTime(_eventsCame) > TimeSpan.FromMilliseconds(GridLimits.SweepQuietMilliseconds);
        return quiet ? GridLimits.SweepRestFactor : GridLimits.SweepRestFactorAmongEvents;
    }
}
