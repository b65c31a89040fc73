using System.Collections.Concurrent;
using Grid.Ledger;
using Grid.Ledger.Postgres;
using Grid.Model.Customers;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Postgres.Failures;

/// <summary>
/// Shoppers who buy repeatedly, each change with one transition, and send failed changes again, as clients do. Afterwards an auditor compares the
/// ledger with the answers.
/// </summary>
internal sealed class Workload(int shoppers)
{
    private readonly Shopper[] _shoppers = [.. Enumerable.Range(0, shoppers).Select(n => new Shopper($"c{n:D3}"))];
    private readonly CustomerChange?[] _pending = new CustomerChange?[shoppers];
    private readonly CustomerChange?[] _answered = new CustomerChange?[shoppers];
    private long _acknowledged;
    private long _foundLater;
    private int _next;

    public long Acknowledged => Volatile.Read(ref _acknowledged);

    public ConcurrentQueue<LedgerException> Failures { get; } = [];

    /// <summary>Changes that had failed and proved to be written when they were sent again.</summary>
    public long FoundLater => Volatile.Read(ref _foundLater);

    /// <summary>Sends one change of the next shopper; returns its failure, if any.</summary>
    public async Task<LedgerException?> Step(PostgresLedger ledger) => await Step(ledger, Interlocked.Increment(ref _next) % _shoppers.Length);

    /// <summary>Sends a change of several shoppers concurrently; returns a failure, if there was one.</summary>
    public async Task<LedgerException?> Steps(PostgresLedger ledger, int count) =>
        (await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Step(ledger)))).FirstOrDefault(failure => failure is not null);

    /// <summary>All shoppers buy concurrently until stopped; failed changes are sent again at once.</summary>
    public async Task Run(PostgresLedger ledger, CancellationToken stop)
    {
        await Task.WhenAll(Enumerable.Range(0, _shoppers.Length).Select(n => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                if (await Step(ledger, n) is not null)
                    await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }, CancellationToken.None)));
    }

    /// <summary>Checks that every answered change is in the ledger once, and no other change is.</summary>
    public async Task Audit(PostgresLedger ledger)
    {
        await Settle(ledger);
        await ledger.Fence(0); // Waits until the log is followed to its end.
        var rows = await Task.WhenAll(_shoppers.Select(shopper => ledger.Load(shopper.Id, TestContext.Current.CancellationToken).AsTask()));
        for (var n = 0; n < _shoppers.Length; n++)
        {
            var row = rows[n];
            (row?.Version ?? 0).ShouldBe(_answered[n]?.Version ?? 0);
            if (row is not null) row.State.ShouldBe(_answered[n]!.State);
        }

        var log = new Dictionary<(CustomerId, long), int>();
        var position = LogPosition.Start;
        while (await ledger.Tail(position, 10_000, TestContext.Current.CancellationToken) is { Items.Count: > 0 } page)
        {
            foreach (var item in page.Items)
                log[(item.Transition.Customer, item.Transition.EffectiveAt.Milliseconds)] =
                    log.GetValueOrDefault((item.Transition.Customer, item.Transition.EffectiveAt.Milliseconds)) + 1;
            position = page.Next;
        }

        log.Values.ShouldAllBe(times => times == 1);
        log.Count.ShouldBe((int)_answered.Sum(change => change?.Version ?? 0));
        position.ShouldBe(ledger.Head);
    }

    /// <summary>Sends the unanswered changes until all are answered.</summary>
    private Task Settle(PostgresLedger ledger) => Task.WhenAll(Enumerable.Range(0, _shoppers.Length).Select(async n =>
    {
        while (_pending[n] is not null) await Step(ledger, n);
    }));

    /// <summary>A shopper has one change at a time.</summary>
    private async Task<LedgerException?> Step(PostgresLedger ledger, int n)
    {
        var isAgain = _pending[n] is not null;
        var change = _pending[n] ??= _shoppers[n].Buys(null, "journey - first");
        try
        {
            var outcome = await ledger.Commit(change);
            if (outcome is VersionConflict conflict)
            {
                isAgain.ShouldBeTrue();
                conflict.Actual.ShouldBe(change.Version);
                Interlocked.Increment(ref _foundLater);
            }
            else
            {
                outcome.ShouldBeOfType<Committed>();
            }
        }
        catch (LedgerException failure)
        {
            Failures.Enqueue(failure);
            return failure;
        }

        Interlocked.Increment(ref _acknowledged);
        (_answered[n], _pending[n]) = (change, null);
        return null;
    }
}
