using System.Collections.Concurrent;
using Grid.Ledger;
using Grid.Model.Customers;
using Xunit;

namespace Grid.Tests.Ledger.Postgres;

/// <summary>Notes the versions of each customer in the order in which it is told of them.</summary>
internal sealed class VersionObserver : ICommitObserver
{
    private int _count;
    private int _inside;

    public ConcurrentDictionary<CustomerId, List<long>> Versions { get; } = [];

    public int Count => Volatile.Read(ref _count);

    public void Committed(IReadOnlyList<CommittedCustomer> customers, LogPosition head)
    {
        if (Interlocked.Increment(ref _inside) != 1) throw new InvalidOperationException("Two groups are told at once.");
        foreach (var customer in customers)
            Versions.GetOrAdd(customer.Customer, _ => []).Add(customer.Version);
        Interlocked.Decrement(ref _inside);
        Interlocked.Add(ref _count, customers.Count);
    }

    /// <summary>Returns when it was told of so many customers.</summary>
    public async Task Told(int count)
    {
        while (Count < count)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
