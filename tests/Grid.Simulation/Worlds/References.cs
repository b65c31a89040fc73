using Grid.Grains.Customers;
using Grid.Grains.Log;
using Grid.Grains.Partitions;
using Grid.Grains.Rules;
using Grid.Grains.Segments;
using Grid.Ledger;
using Grid.Model.Time;

namespace Grid.Simulation.Worlds;

/// <summary>References to grains: each call is a message of the world.</summary>
internal sealed class CustomerReference(World world, Silo? from, string id) : ICustomerGrain
{
    public ValueTask<RecordReply> Record(FactBatch batch) => new(Call(customer => customer.Record(batch)));

    public ValueTask<CommittedCustomer?> Advance(long epoch, long version) => world.Mutates(Mutation.NobodyWakes)
        ? Nobody()
        : new(Call(customer => customer.Advance(epoch, version)));

    public ValueTask<CustomerState?> Read() => new(Call(customer => customer.Read()));

    public ValueTask<bool> Erase() => new(Call(customer => customer.Erase()));

    /// <summary>Delays the answer: a caller that polls without a pause would never let others run.</summary>
    private static async ValueTask<CommittedCustomer?> Nobody()
    {
        await Task.Yield();
        return null;
    }

    private Task<T> Call<T>(Func<CustomerActivation, Task<T>> call) =>
        world.Call(from, "customer/" + id, false, activation => call((CustomerActivation)activation));
}

internal sealed class PartitionReference(World world, Silo? from, int number) : IPartitionGrain
{
    public Task<string> Position() => Call(partition => partition.Position());

    public Task Apply(CommitStretch stretch) => Call(partition => partition.Apply(stretch));

    public Task Refill() => Call(partition => partition.Refill());

    public Task<PartitionStatus> Status() => Call(partition => partition.Status());

    public Task<IReadOnlyList<RulebookCounts>> Counts(string scheme) => Call(partition => partition.Counts(scheme));

    public Task<bool> Learn(IReadOnlyList<SchemeSource> files) => Call(partition => partition.Learn(files));

    public Task<IReadOnlyList<MeasureMark>?> Prepare(Instant asOf) => Call(partition => partition.Prepare(asOf));

    public Task<IReadOnlyList<MeasureValues>> Values(IReadOnlyList<MeasureRequest> requests) => Call(partition => partition.Values(requests));

    public Task<bool> Move(CutoffChange change) => Call(partition => partition.Move(change));

    public Task<bool> AdvanceTo(Instant until) => Call(partition => partition.AdvanceTo(until));

    private Task<T> Call<T>(Func<PartitionActivation, Task<T>> call) =>
        world.Call(from, World.PartitionKey(number), false, activation => call((PartitionActivation)activation));
}

internal sealed class SegmentReference(World world, Silo? from, string scheme) : ISegmentGrain
{
    public Task Fold(LogStretch stretch) => Call(segment => segment.Fold(stretch));

    public Task<SegmentSnapshot> Snapshot() => Call(segment => Task.FromResult(segment.Snapshot()));

    public Task Push() => Task.CompletedTask;

    public Task<SegmentSnapshot> Subscribe(ISegmentObserver observer) => throw new NotSupportedException();

    public Task Unsubscribe(ISegmentObserver observer) => throw new NotSupportedException();

    public Task<SegmentSnapshot> SnapshotWithFlows(IReadOnlyList<FlowStretch> stretches) => throw new NotSupportedException();

    private Task<T> Call<T>(Func<SegmentActivation, Task<T>> call) =>
        world.Call(from, "segment/" + scheme, false, activation => call((SegmentActivation)activation));
}

internal sealed class RulesReference(World world, Silo? from) : IRulesGrain
{
    public Task Resume(Instant asOf) => Call(rules => rules.Resume(asOf));

    public Task<RulesInForce?> InForce() => Call(rules => Task.FromResult(rules.Authority.InForce), interleaves: true);

    public Task<IReadOnlyList<PublishedRulebook>> History() => Call(rules => Task.FromResult(rules.Authority.History), interleaves: true);

    public Task<PublishedRulebook> Publish(Publication publication) => Call(rules => rules.Publish(publication));

    public Task<int> PublishBaseline(Instant asOf) => Call(rules => rules.PublishBaseline(asOf));

    public async Task<int> WakeAndPublishBaseline(Instant asOf)
    {
        await Call(rules => rules.WakeDue(asOf), interleaves: true);
        return await PublishBaseline(asOf);
    }

    public Task<RefreezeReply> Refreeze(string scheme, Instant asOf) => Call(rules => rules.Refreeze(scheme, asOf));

    public Task<bool> Settled() => throw new NotSupportedException();

    public Task<RulesInForce?> Subscribe(IRulesObserver observer) => InForce();

    private Task<T> Call<T>(Func<RulesActivation, Task<T>> call, bool interleaves = false) =>
        world.Call(from, World.RulesKey, interleaves, activation => call((RulesActivation)activation));
}

internal sealed class LogReaderReference(World world, Silo? from) : ILogReaderGrain
{
    public Task Touch() => Call(_ => Task.FromResult(true));

    public Task<bool> ReachPartitions(string position) => Call(reader => reader.ReachPartitions(CommitPosition.Parse(position)));

    public Task<bool> ReachSegments(string position) => Call(reader => reader.ReachSegments(LogPosition.Parse(position)));

    public Task<IReadOnlyList<SegmentSnapshot>> Counts(IReadOnlyList<string> schemes) => Call(reader => reader.Counts(schemes));

    public Task<string> SegmentPosition() => throw new NotSupportedException();

    private Task<T> Call<T>(Func<LogReaderActivation, Task<T>> call) =>
        world.Call(from, World.LogReaderKey, true, activation => call((LogReaderActivation)activation));
}
