using Grid.Grains;
using Grid.Grains.Partitions;
using Grid.Grains.Populations;
using Grid.Grains.Rules;
using Grid.Ledger;
using Grid.Model.Customers;
using Grid.Model.Time;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Tests;

/// <summary>Waits until a grid in this process has finished its background work.</summary>
internal static class GridWaits
{
    /// <summary>How long a test waits for something that must happen.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Waits until every customer is under the rulebook in force.</summary>
    public static async Task Migrated(this IServiceProvider grid)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        await grid.Reached();
        while (true)
        {
            var changed = grid.GetRequiredService<LocalPartitions>().Changed.Next();
            if (await grid.IsMigrated()) return;
            await changed.WaitAsync(patience.Token);
        }
    }

    public static async Task<bool> IsMigrated(this IServiceProvider grid)
    {
        var status = await grid.GetRequiredService<Population>().Status();
        return status.IsComplete && status.Under(grid.GetRequiredService<CurrentRules>().Value.Rulebook.Number) == status.Customers;
    }

    /// <summary>Waits until the partitions have applied all commits.</summary>
    public static async Task<PopulationStatus> Reached(this IServiceProvider grid)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        await grid.GetRequiredService<Population>().Reach(grid.GetRequiredService<ILedger>().CommitHead, patience.Token);
        return await grid.GetRequiredService<Population>().Status();
    }

    /// <summary>Waits until the segments have counted the whole log.</summary>
    public static async Task Counted(this IServiceProvider grid)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var head = grid.GetRequiredService<ILedger>().Head.ToString();
        while (!await grid.GetRequiredService<IGrainFactory>().LogReader().ReachSegments(head)) patience.Token.ThrowIfCancellationRequested();
    }

    /// <summary>Waits until the ledger has no row of a customer whose erasure was interrupted.</summary>
    public static async Task Forgotten(this IServiceProvider grid, CustomerId customer)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var ledger = grid.GetRequiredService<ILedger>();
        while (await ledger.Load(customer, patience.Token) is not null) await grid.Reached();
    }

    /// <summary>Publishes a baseline of an instant, and waits until it has moved all its customers.</summary>
    /// <returns>The number of the baseline.</returns>
    public static async Task<int> PublishBaseline(this IServiceProvider grid, Instant asOf)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var rules = grid.GetRequiredService<IGrainFactory>().Rules();
        var number = await rules.PublishBaseline(asOf);
        while (!await rules.Settled()) patience.Token.ThrowIfCancellationRequested();
        return number;
    }

    /// <summary>Wakes every customer who is due.</summary>
    public static async Task WakeDue(this IServiceProvider grid, Instant until)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var population = grid.GetRequiredService<Population>();
        await population.Reach(grid.GetRequiredService<ILedger>().CommitHead, patience.Token);
        await population.AdvanceTo(until, grid.GetRequiredService<LocalPartitions>().DueBy(until), patience.Token);
    }

    /// <summary>Wakes these customers, due or not.</summary>
    public static Task Wake(this IServiceProvider grid, IEnumerable<CustomerId> customers)
    {
        var (grains, epoch) = (grid.GetRequiredService<IGrainFactory>(), grid.GetRequiredService<CurrentRules>().Value.Epoch);
        return Task.WhenAll(customers.Select(customer => grains.Customer(customer).Advance(epoch, 0).AsTask()));
    }
}
