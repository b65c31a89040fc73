using System.Globalization;
using Grid.Grains;
using Grid.Grains.Customers;
using Grid.Grains.Log;
using Grid.Grains.Partitions;
using Grid.Grains.Rules;
using Grid.Grains.Segments;
using Grid.Ledger;
using Grid.Model.Customers;
using Grid.Model.Time;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Storage;

namespace Grid.Simulation.Worlds;

/// <summary>Hosts a customer as its grain does.</summary>
internal sealed class CustomerActivation(World world, Silo silo, string key, CustomerId id) : Activation(world, silo, key)
{
    private readonly CustomerWriter _customer = new(id, silo.Customers);

    public async Task<RecordReply> Record(FactBatch batch)
    {
        Silo.Events.Begin();
        try
        {
            return await Alone(async () => new RecordReply(await _customer.Record(batch.Facts)));
        }
        finally
        {
            Silo.Events.End();
        }
    }

    public Task<CommittedCustomer?> Advance(long epoch, long version) => Alone(() => _customer.Advance(epoch, version).AsTask());

    public Task<CustomerState?> Read() => Task.FromResult(_customer.Read());

    public Task<bool> Erase() => Alone(() => _customer.Erase().AsTask());

    protected override Task Activate() => _customer.Load(CancellationToken.None).AsTask();

    private async Task<T> Alone<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (StaleCustomerException)
        {
            Leave();
            throw;
        }
    }
}

/// <summary>Hosts a partition as its grain does.</summary>
internal sealed class PartitionActivation(World world, Silo silo, string key, int number) : Activation(world, silo, key)
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(GridLimits.LongCallSeconds);
    private readonly PolledWork<CutoffChange> _moves = new(silo.World.Machine);
    private readonly PolledWork<string> _lessons = new(silo.World.Machine);
    private readonly PolledWork<Instant> _advances = new(silo.World.Machine);
    private readonly PolledWork<Instant> _preparations = new(silo.World.Machine);

    // Created in the actor, so that its continuations run there.
    private Partition? _partition;

    public Partition Partition => _partition!;

    protected override bool IsReentrant => true;

    public async Task<string> Position() => (await Partition.Position(CancellationToken.None)).ToString();

    public async Task<bool> Apply(CommitStretch stretch)
    {
        if (World.Mutates(Mutation.DroppedHandover) && World.Scheduler.Chance(200)) stretch = stretch with { Customers = [], Batches = [] };
        await Partition.Apply(stretch, CancellationToken.None);
        return true;
    }

    public Task<bool> Refill()
    {
        _ = Watch(Partition.Refill(CancellationToken.None));
        return Task.FromResult(true);
    }

    public Task<PartitionStatus> Status() => Task.FromResult(Partition.Status());

    public Task<IReadOnlyList<RulebookCounts>> Counts(string scheme) => Partition.Counts(scheme, CancellationToken.None);

    public Task<bool> Learn(IReadOnlyList<SchemeSource> files) =>
        _lessons.Continue(RulebookFiles.KeyOf(files), () => Partition.Learn(files, CancellationToken.None), AnswerWithin);

    public async Task<IReadOnlyList<MeasureMark>?> Prepare(Instant asOf) =>
        await _preparations.Continue(asOf, () => Partition.Prepare(asOf, CancellationToken.None), AnswerWithin) ? Partition.Marks() : null;

    public Task<IReadOnlyList<MeasureValues>> Values(IReadOnlyList<MeasureRequest> requests) => Partition.Values(requests, CancellationToken.None);

    public Task<bool> Move(CutoffChange change) => World.Mutates(Mutation.NobodyMoves)
        ? Task.FromResult(true)
        : _moves.Continue(
            change, (one, other) => one.Epoch == other.Epoch, () => Partition.Move(change, CancellationToken.None), AnswerWithin);

    public Task<bool> AdvanceTo(Instant until) =>
        _advances.Continue(until, () => Partition.AdvanceTo(until, CancellationToken.None), AnswerWithin);

    protected override Task Activate()
    {
        _partition = new Partition(number, Number.ToString(CultureInfo.InvariantCulture), Silo.Partitions, NullLogger.Instance);
        Silo.Local.Add(number, _partition);
        _ = Watch(_partition.Run(CancellationToken.None));
        return Task.CompletedTask;
    }
}

/// <summary>Hosts a segment as its grain does.</summary>
internal sealed class SegmentActivation(World world, Silo silo, string key, string scheme) : Activation(world, silo, key)
{
    private static readonly TimeSpan WriteInterval = TimeSpan.FromMilliseconds(GridLimits.SegmentWriteMilliseconds);
    private readonly StoredState<SegmentState> _stored = new(world, key, StateCopies.From);
    private Segment? _segment;

    public Task<bool> Fold(LogStretch stretch)
    {
        _segment!.Fold(stretch);
        if (World.Mutates(Mutation.StretchTakenTwice) && World.Scheduler.Chance(200))
            foreach (var transition in stretch.Transitions)
                _stored.State.Fold(transition);
        return Task.FromResult(true);
    }

    public SegmentSnapshot Snapshot() => _segment!.Snapshot([]);

    protected override async Task Activate()
    {
        await _stored.Read();
        _segment = new Segment(scheme, _stored.State, Silo.Clock);
        _segment.Upgrade();
        _ = Watch(WriteByTimer());
    }

    private async Task WriteByTimer()
    {
        while (!HasLeft)
        {
            await Task.Delay(WriteInterval, World.Machine);
            try
            {
                await _segment!.Store(_stored.Write);
            }
            catch (Exception exception) when (exception is LedgerException or InconsistentStateException)
            {
                // The runtime logs an exception of a timer, and the timer continues.
            }
        }
    }
}

/// <summary>Hosts the rules as their grain does.</summary>
internal sealed class RulesActivation(World world, Silo silo, string key) : Activation(world, silo, key), IRulesStorage
{
    private readonly StoredState<RulebookState> _rulebooks = new(world, "rulebook", StateCopies.From);
    private readonly StoredState<BaselineState> _baseline = new(world, "baseline", StateCopies.From);
    private readonly ActivationLifetime _lifetime = new(new SiloLifetime());
    private RulesAuthority? _authority;

    public RulesAuthority Authority => _authority!;

    public RulebookState Rulebooks => _rulebooks.State;

    public BaselineState Baseline => _baseline.State;

    public async Task<bool> Resume(Instant asOf)
    {
        await _lifetime.Call(Authority.Resume(asOf));
        return true;
    }

    public Task<PublishedRulebook> Publish(Publication publication) => _lifetime.Call(Authority.Publish(publication));

    public async Task<bool> WakeDue(Instant asOf)
    {
        await _lifetime.Call(Authority.WakeDue(asOf));
        return true;
    }

    public Task<int> PublishBaseline(Instant asOf) => _lifetime.Call(Authority.PublishBaseline(asOf));

    public Task<RefreezeReply> Refreeze(string scheme, Instant asOf) => _lifetime.Call(Authority.Refreeze(scheme, asOf));

    public Task WriteRulebooks() => Write(_rulebooks.Write);

    public Task WriteBaseline()
    {
        var cuts = Baseline.Cuts.Select(cut => $"{cut.Measure} [{string.Join(' ', cut.Bounds)}] high from {cut.HighFrom} tops [{string.Join(' ', cut.Tops)}]");
        World.Scheduler.Log?.Invoke(
            $"{Name}: edition {Baseline.Epoch} baseline {Baseline.Number} moving {Baseline.Moving is not null} {string.Join("; ", cuts)}");
        return Write(_baseline.Write);
    }

    protected override async Task Activate()
    {
        await _rulebooks.Read();
        await _baseline.Read();
        _authority = new RulesAuthority(Silo.Rules, this, Announce, NullLogger.Instance, _lifetime.Stopping);
        _authority.Continue();
    }

    protected override void Leave()
    {
        base.Leave();
        _ = Watch(_lifetime.Stop());
    }

    private Task Announce(RulesInForce rules)
    {
        World.Announce(rules);
        return Task.CompletedTask;
    }

    private async Task Write(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch
        {
            if (!HasLeft) Leave();
            throw;
        }
    }
}

/// <summary>Hosts the feeds as the log reader's grain does.</summary>
internal sealed class LogReaderActivation(World world, Silo silo, string key) : Activation(world, silo, key)
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(GridLimits.LongCallSeconds);
    private PartitionFeed? _partitions;
    private SegmentFeed? _segments;

    public PartitionFeed Partitions => _partitions!;

    public SegmentFeed Segments => _segments!;

    public Task<bool> ReachPartitions(CommitPosition position) => InTime(_partitions!.WaitFor(position, CancellationToken.None));

    public Task<bool> ReachSegments(LogPosition position) => InTime(_segments!.WaitFor(position, CancellationToken.None));

    public Task<IReadOnlyList<SegmentSnapshot>> Counts(IReadOnlyList<string> schemes) => _segments!.Counts(schemes, CancellationToken.None);

    protected override Task Activate()
    {
        _partitions = new PartitionFeed(Silo.Ledger, Silo.Grains, World.Machine, NullLogger<PartitionFeed>.Instance);
        _segments = new SegmentFeed(Silo.Ledger, Silo.Grains, Silo.InForce, World.Machine, NullLogger<SegmentFeed>.Instance);
        _ = Watch(_partitions.Run(CancellationToken.None));
        _ = Watch(_segments.Run(CancellationToken.None));
        return Task.CompletedTask;
    }

    private async Task<bool> InTime(Task waiting)
    {
        await waiting.WaitAsync(AnswerWithin, World.Machine)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return waiting.IsCompletedSuccessfully;
    }
}
