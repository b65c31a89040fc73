using Grid.Ledger;
using Grid.Model.Customers;
using Xunit;

namespace Grid.Tests.Ledger;

/// <summary>Reads the commits of a ledger as a log reader does, and records the versions of each customer in their order.</summary>
internal sealed class ReadCommits(ILedger ledger)
{
    private const int GroupsMax = 7;
    private CommitPosition _position = ledger.CommitHead;

    public Dictionary<CustomerId, List<long>> Versions { get; } = [];

    /// <summary>Of all customers.</summary>
    public int Count => Versions.Values.Sum(versions => versions.Count);

    /// <summary>Starts at the begin of the log.</summary>
    public static ReadCommits FromTheStart(ILedger ledger) => new(ledger) { _position = CommitPosition.Start };

    /// <summary>Reads all known commits.</summary>
    /// <returns>The total count so far.</returns>
    public async Task<int> Read()
    {
        while (true)
        {
            var page = await ledger.Commits(_position, GroupsMax, TestContext.Current.CancellationToken)
                ?? throw new InvalidOperationException($"Commits after {_position} were dropped.");
            if (page.Next.Equals(_position)) return Count;
            foreach (var customer in page.Batches.SelectMany(group => group.Customers))
            {
                if (!Versions.TryGetValue(customer.Customer, out var versions)) Versions.Add(customer.Customer, versions = []);
                versions.Add(customer.Version);
            }

            _position = page.Next;
        }
    }

    /// <summary>Returns when this many were read.</summary>
    public async Task Until(int count)
    {
        while (true)
        {
            var more = ledger.Signal.Next();
            if (await Read() >= count) return;
            await more.WaitAsync(TestContext.Current.CancellationToken);
        }
    }
}
