using System.Collections.Concurrent;
using Grid.Grains.Customers;
using Grid.Model.Answers;
using Grid.Model.Facts;
using Orleans;

namespace Grid.Tests.Ingest;

/// <summary>Customers that write down what they are given, answer as a test says, and recognise what they have seen.</summary>
internal sealed class RecordingGrains : IGrainFactory
{
    private readonly ConcurrentDictionary<string, HashSet<MessageKey>> _seen = new(StringComparer.Ordinal);

    /// <summary>Every call, in order: the customer and its facts.</summary>
    public ConcurrentQueue<(string Customer, IReadOnlyList<Fact> Facts)> Calls { get; } = new();

    /// <summary>What happens before a customer answers; it may wait or throw.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    public IEnumerable<Fact> FactsOf(string customer) => Calls.Where(call => call.Customer == customer).SelectMany(call => call.Facts);

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey => (TGrainInterface)(object)new Customer(this, primaryKey);

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver => throw new NotSupportedException();

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver => throw new NotSupportedException();

    private sealed class Customer(RecordingGrains grains, string id) : ICustomerGrain
    {
        public async ValueTask<RecordReply> Record(FactBatch batch)
        {
            await grains.Before(id);
            grains.Calls.Enqueue((id, batch.Facts));
            var seen = grains._seen.GetOrAdd(id, _ => []);
            lock (seen) return new RecordReply([.. batch.Facts.Select(fact => OutcomeOf(fact, seen))]);
        }

        public ValueTask Advance(long edition) => ValueTask.CompletedTask;

        public ValueTask<CustomerView?> View() => throw new NotSupportedException();

        public ValueTask<Explanation?> Explain(string scheme) => throw new NotSupportedException();

        public ValueTask<Forecast?> Forecast() => throw new NotSupportedException();

        private static FactOutcome OutcomeOf(Fact fact, HashSet<MessageKey> seen)
        {
            if (fact is PointsChanged { Points: < -1_000 }) return FactOutcome.Rejected("there are not enough points");
            return seen.Add(fact.Key) ? FactOutcome.Accepted : FactOutcome.Duplicate;
        }
    }
}
