using Grid.Ledger;
using Grid.Ledger.Postgres;
using Grid.Model.Customers;
using Grid.Testing.Postgres;
using Npgsql;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Postgres.Failures;

/// <summary>A primary that a standby replaces, and two ledgers, as in two processes, that know both hosts.</summary>
public sealed class ReplacedPrimaryTests : IAsyncLifetime
{
    private const int Shoppers = 20;

    private readonly List<PostgresLedger> _opened = [];
    private readonly Workload _workload = new(Shoppers);
    private ReadCommits _reader = null!;
    private PostgresPair _servers = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, "PostgreSQL is not installed.");
        _servers = await PostgresPair.Start();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var ledger in _opened) await ledger.DisposeAsync();
        if (_servers is not null) await _servers.DisposeAsync();
    }

    [Fact]
    public async Task KilledIsFollowedByTheStandbyWithAllThatWasAnswered()
    {
        var (here, there) = await OpenBoth();

        _servers.Primary.Kill();
        ServerOfItsOwn.ShouldBeUnavailable(await ServerOfItsOwn.FirstFailure(here, _workload));
        await _servers.Standby.Promote();

        await ShouldGoOn(here, there);
    }

    [Fact]
    public async Task ReadOnlyWhileConnectionsLiveIsLeftForTheOther()
    {
        var (here, there) = await OpenBoth();

        await _servers.Primary.Execute("ALTER SYSTEM SET default_transaction_read_only = on");
        await _servers.Primary.Execute("SELECT pg_reload_conf()");
        var failure = await ServerOfItsOwn.FirstFailure(here, _workload);
        ServerOfItsOwn.ShouldBeUnavailable(failure);
        await _servers.Standby.Promote();

        await ShouldGoOn(here, there);
    }

    [Fact]
    public async Task StoppedInOrderComesBackAsAStandbyAndIsPassedOver()
    {
        var (here, there) = await OpenBoth(";Target Session Attributes=primary");

        await _servers.Primary.Control("stop", "-m", "fast");
        await _servers.Standby.Promote();
        await _servers.Primary.StartAgainAsStandbyOf(_servers.Standby);

        await ShouldGoOn(here, there);
        var late = await Open();
        await ServerOfItsOwn.Until(async () => await _workload.Step(late) is null, "the one that was opened last to write");
    }

    /// <summary>
    /// A commit whose wait for the standby ends early, by a time limit or by an administrator, is visible to all and lost with its server.
    /// </summary>
    [Fact]
    public async Task WithoutItsStandbyAnswersNothingThatOnlyItHas()
    {
        var ledger = await Open(";Command Timeout=1");
        (await _workload.Steps(ledger, Shoppers)).ShouldBeNull();
        await _servers.Standby.Control("stop", "-m", "immediate");

        var shopper = new Shopper("ada");
        var change = shopper.Buys(null, "journey - first");
        ServerOfItsOwn.ShouldBeUnavailable(await Should.ThrowAsync<LedgerException>(async () => await ledger.Commit(change)));
        await _servers.Primary.Execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
        ServerOfItsOwn.ShouldBeUnavailable(await Should.ThrowAsync<LedgerException>(async () => await ledger.Commit(change)));
        ServerOfItsOwn.ShouldBeUnavailable(await Should.ThrowAsync<LedgerException>(async () => await ledger.Load(shopper.Id, Cancellation)));

        await _servers.Standby.Control("start");
        await ServerOfItsOwn.Until(async () => await Outcome(ledger, change) is Committed or VersionConflict { Actual: 1 }, "the commit to reach the standby");
        (await ledger.Load(shopper.Id, Cancellation)).ShouldNotBeNull().Version.ShouldBe(1);
    }

    private static async Task<CommitOutcome?> Outcome(PostgresLedger ledger, CustomerChange change)
    {
        try
        {
            return await ledger.Commit(change);
        }
        catch (LedgerException)
        {
            return null;
        }
    }

    private async Task<PostgresLedger> Open(string more = "")
    {
        var settings = new NpgsqlConnectionStringBuilder(_servers.ConnectionString + more) { Timeout = 2 };
        var ledger = new PostgresLedger(new PostgresLedgerOptions(settings.ConnectionString) { Limits = new LedgerLimits { UncertainSeconds = 1 } });
        _opened.Add(ledger);
        await ledger.Open(Cancellation);
        return ledger;
    }

    /// <summary>Two ledgers that have been in use for a while.</summary>
    private async Task<(PostgresLedger Here, PostgresLedger There)> OpenBoth(string more = "")
    {
        var (here, there) = (await Open(more), await Open(more));
        _reader = new ReadCommits(there);
        (await _workload.Steps(here, Shoppers)).ShouldBeNull();
        (await _workload.Steps(there, Shoppers)).ShouldBeNull();
        await _reader.Until(2 * Shoppers);
        return (here, there);
    }

    /// <summary>Checks that writers, readers and the follower continue on the other host without help.</summary>
    private async Task ShouldGoOn(PostgresLedger here, PostgresLedger there)
    {
        foreach (var ledger in new[] { here, there })
            await ServerOfItsOwn.Until(async () => await _workload.Steps(ledger, Shoppers) is null, "a turn of all shoppers without a failure");
        await _workload.Audit(here);
        await _workload.Audit(there);
        here.Head.ShouldBe(there.Head);
        await _reader.Until((int)(here.Head[0] + here.Head[1]));
        foreach (var versions in _reader.Versions.Values) versions.ShouldBe(Enumerable.Range(1, versions.Count).Select(n => (long)n));
        await _servers.Standby.Until("SELECT (count(*) = 2)::int::bigint FROM pg_stat_activity WHERE query LIKE 'LISTEN grid%'", "both to listen");
    }
}
