using Grid.Ledger;
using Grid.Model.Customers;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Contract;

/// <summary>The contract of every ledger, one class per verb; each store runs all of them.</summary>
public abstract class LedgerContract : IAsyncLifetime
{
    private readonly ILedgerStore _store;

    private protected LedgerContract(ILedgerStore store) => _store = store;

    protected ILedger Ledger { get; private set; } = null!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected virtual LedgerLimits Limits => new();

    public async ValueTask InitializeAsync() => Ledger = await _store.Open(Limits);

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        await _store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task<CustomerChange> Committed(CustomerChange change)
    {
        (await Ledger.Commit(change)).ShouldBeOfType<Committed>();
        return change;
    }

    /// <summary>The number of transitions up to a position, over all lanes.</summary>
    protected static long Transitions(LogPosition position) => Enumerable.Range(0, position.Lanes).Sum(lane => position[lane]);

    protected async Task<List<LoggedTransition>> WholeLog(int pageSize = 1_000)
    {
        var items = new List<LoggedTransition>();
        var position = LogPosition.Start;
        while (true)
        {
            var page = await Ledger.Tail(position, pageSize, Cancellation);
            if (page.Items.Count == 0) return items;
            items.AddRange(page.Items);
            position = page.Next;
        }
    }
}
