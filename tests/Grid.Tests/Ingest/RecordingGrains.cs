using System.Collections.Concurrent;
using System.Reflection;
using Grid.Grains.Customers;
using Grid.Ledger;
using Grid.Model.Facts;
using Grid.Model.Rejections;

namespace Grid.Tests.Ingest;

/// <summary>Customers that record their facts, answer as the test specifies, and recognise duplicates.</summary>
internal sealed class RecordingGrains
{
    private readonly ConcurrentDictionary<string, HashSet<MessageKey>> _seen = new(StringComparer.Ordinal);

    /// <summary>Every call, in order: the customer and its facts.</summary>
    public ConcurrentQueue<(string Customer, IReadOnlyList<Fact> Facts)> Calls { get; } = new();

    /// <summary>Runs before a customer answers; it may wait or throw.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    public IEnumerable<Fact> FactsOf(string customer) => Calls.Where(call => call.Customer == customer).SelectMany(call => call.Facts);

    /// <summary>A grain factory of these customers. Members that Grid never calls are not implemented.</summary>
    public IGrainFactory ToFactory()
    {
        var factory = DispatchProxy.Create<IGrainFactory, CustomersByKey>();
        ((CustomersByKey)(object)factory).Make = key => new Customer(this, key);
        return factory;
    }

    private sealed class Customer(RecordingGrains grains, string id) : ICustomerGrain
    {
        public async ValueTask<RecordReply> Record(FactBatch batch)
        {
            await grains.Before(id);
            grains.Calls.Enqueue((id, batch.Facts));
            var seen = grains._seen.GetOrAdd(id, _ => []);
            lock (seen) return new RecordReply([.. batch.Facts.Select(fact => OutcomeOf(fact, seen))]);
        }

        public ValueTask<CommittedCustomer?> Advance(long epoch, long version) => ValueTask.FromResult<CommittedCustomer?>(null);

        public ValueTask<CustomerState?> Read() => throw new NotSupportedException();

        public ValueTask<bool> Erase() => throw new NotSupportedException();

        private static FactOutcome OutcomeOf(Fact fact, HashSet<MessageKey> seen)
        {
            if (fact is PointsChanged { Points: < -1_000 }) return FactOutcome.Rejected(Reasons.PointsOverdrawn.With(5_000, 7));
            return seen.Add(fact.Key) ? FactOutcome.Accepted : FactOutcome.Duplicate;
        }
    }
}

/// <summary>A factory that knows grains by their key only.</summary>
public class CustomersByKey : DispatchProxy
{
    internal Func<string, object> Make { get; set; } = null!;

    protected override object Invoke(MethodInfo? targetMethod, object?[]? args) =>
        args is [GrainId grain, GrainInterfaceType] ? Make(grain.Key.ToString()!) : throw new NotSupportedException(targetMethod?.ToString());
}
