using Grid.Ledger;
using Grid.Ledger.Postgres;
using Grid.Tests.Ledger.Postgres.Failures;
using Grid.Tests.Ledger.Postgres.Pooled;
using Npgsql;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Postgres;

/// <summary>A ledger whose engine takes itself for all there is, and others that come to the same database.</summary>
public sealed class SoleServer : IAsyncDisposable
{
    private readonly PostgresStore _store = new(lanes: 1);
    private readonly PooledStore _pool = new("transaction");
    private readonly List<PostgresLedger> _opened = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var ledger in _opened) await ledger.DisposeAsync();
        await _store.DisposeAsync();
        await _pool.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RefusesASecondAndGoesOn(bool pooled)
    {
        var options = pooled ? await _pool.Options() : await Options();
        var first = await Open(options, Tenancy.Sole);

        (await Refused(options, Tenancy.Sole)).ShouldContain("in use by another server");
        (await Refused(options, Tenancy.Shared)).ShouldContain("engine InProcess");

        (await first.Commit(new Shopper("ada").Buys())).ShouldBeOfType<Committed>();
        await first.DisposeAsync();
        await Open(options, Tenancy.Sole);
    }

    [Fact]
    public async Task IsRefusedWhereOthersShareTheDatabase()
    {
        var options = await Options();
        await Open(options, Tenancy.Shared);
        await Open(options, Tenancy.Shared);

        (await Refused(options, Tenancy.Sole)).ShouldContain("in use by another server");
    }

    [Fact]
    public async Task WaitsForTheConnectionOfOneThatHasJustEnded()
    {
        var options = await Options();
        var first = await Open(options, Tenancy.Sole);

        var second = Open(options with { Limits = new LedgerLimits() }, Tenancy.Sole);
        await Task.WhenAny(second, Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, Cancellation));
        second.IsCompleted.ShouldBeFalse();
        await first.DisposeAsync();

        (await (await second).Commit(new Shopper("ada").Buys())).ShouldBeOfType<Committed>();
    }

    [Fact]
    public async Task ThatLosesItsConnectionTakesItsPlaceAgain()
    {
        var options = await Options();
        var ledger = await Open(options, Tenancy.Sole);
        var before = await Holder(options);

        await Terminate(options, before);

        await ServerOfItsOwn.Until(async () => await Holder(options) is var now && now != 0 && now != before, "the lock to be taken again");
        (await ledger.Commit(new Shopper("ada").Buys())).ShouldBeOfType<Committed>();
        (await Refused(options, Tenancy.Sole)).ShouldContain("in use by another server");
    }

    [Fact]
    public async Task ThatIsReplacedMeanwhileCommitsNothingAnyMore()
    {
        var options = await Options();
        var ledger = await Open(options, Tenancy.Sole);
        await using var usurper = new NpgsqlConnection(options.ConnectionString);
        await usurper.OpenAsync(Cancellation);

        // It waits in the queue of the server, which nobody who only tries can pass.
        await using var taking = new NpgsqlCommand("SELECT pg_advisory_lock(hashtext('grid server'), hashtext(current_schema()))", usurper);
        var taken = taking.ExecuteNonQueryAsync(Cancellation);
        await Terminate(options, await Holder(options));
        await taken;

        var shopper = new Shopper("ada");
        LedgerException? failure = null;
        await ServerOfItsOwn.Until(
            async () =>
            {
                failure = await Failure(ledger, shopper);
                return failure is not null;
            },
            "a commit to be refused");
        failure!.Kind.ShouldBe(FailureKind.Permanent);
        failure.Message.ShouldContain("in use by another server");
    }

    private static async Task<LedgerException?> Failure(PostgresLedger ledger, Shopper shopper)
    {
        try
        {
            await ledger.Commit(shopper.Buys());
            return null;
        }
        catch (LedgerException failure)
        {
            return failure;
        }
    }

    private async Task<PostgresLedgerOptions> Options() =>
        new(await _store.ConnectionString()) { Lanes = 1, Limits = new LedgerLimits { TenureSeconds = 1 } };

    private async Task<PostgresLedger> Open(PostgresLedgerOptions options, Tenancy tenancy)
    {
        var ledger = new PostgresLedger(options with { Tenancy = tenancy });
        _opened.Add(ledger);
        await ledger.Open(Cancellation);
        return ledger;
    }

    private async Task<string> Refused(PostgresLedgerOptions options, Tenancy tenancy)
    {
        var brief = options with { Limits = new LedgerLimits { TenureSeconds = 1 } };
        var failure = await Should.ThrowAsync<LedgerException>(() => Open(brief, tenancy));
        failure.Kind.ShouldBe(FailureKind.Permanent);
        return failure.Message;
    }

    /// <summary>The server's process that has the lock; 0: none.</summary>
    private static async Task<int> Holder(PostgresLedgerOptions options)
    {
        await using var connection = new NpgsqlConnection(options.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var asking = new NpgsqlCommand(
            """
            SELECT pid FROM pg_locks
            WHERE locktype = 'advisory' AND granted AND objid = (hashtext(current_schema())::bigint & 4294967295)::oid
                AND classid = (hashtext('grid server')::bigint & 4294967295)::oid
            """,
            connection);
        return await asking.ExecuteScalarAsync(Cancellation) as int? ?? 0;
    }

    private static Task Terminate(PostgresLedgerOptions options, int process) =>
        SharedPostgres.Execute(options.ConnectionString, $"SELECT pg_terminate_backend({process})");
}
