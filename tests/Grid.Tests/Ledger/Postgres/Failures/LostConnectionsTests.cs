using Grid.Ledger;
using Grid.Model.Customers;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Postgres.Failures;

/// <summary>Connections, or a whole server, that fail while batches are being written.</summary>
public sealed class LostConnectionsTests : ServerOfItsOwn
{
    [Fact]
    public async Task TerminatedOnesCostNobodyAnAnswer()
    {
        var ledger = await Open();
        var workload = new Workload(50);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var running = workload.Run(ledger, stop.Token);
        for (var time = 1; time <= 20; time++)
        {
            await Answered(workload, 40);
            await TerminateAll();
        }

        await Answered(workload, 40);
        await stop.CancelAsync();
        await running;
        workload.Failures.ShouldBeEmpty();
        await workload.Audit(ledger);
    }

    [Fact]
    public async Task ServerKilledAndStartedAgainLosesNothingAndWorkGoesOn()
    {
        var ledger = await Open();
        var workload = new Workload(50);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var running = workload.Run(ledger, stop.Token);
        for (var time = 1; time <= 4; time++)
        {
            await Answered(workload, 100);
            await Server.Control("restart", "-m", "immediate");
        }

        await Answered(workload, 100);
        await stop.CancelAsync();
        await running;
        await workload.Audit(ledger);
    }

    [Fact]
    public async Task ServerThatStaysAwayMakesCommitsFailForNowAndQuickly()
    {
        var limits = new LedgerLimits { UncertainSeconds = 1 };
        var ledger = await Open(limits: limits);
        var workload = new Workload(20);
        for (var n = 0; n < 20; n++) (await workload.Step(ledger)).ShouldBeNull();
        await Server.Control("stop", "-m", "immediate");
        for (var n = 0; n < 40; n++) ShouldBeUnavailable((await workload.Step(ledger)).ShouldNotBeNull());
        var reading = await Should.ThrowAsync<LedgerException>(async () => await ledger.Load(new CustomerId("c001"), Cancellation));
        ShouldBeUnavailable(reading);
        await Server.Control("start");
        await workload.Audit(ledger);
        for (var n = 0; n < 20; n++) (await workload.Step(ledger)).ShouldBeNull();
        await workload.Audit(ledger);
    }

    [Fact]
    public async Task ReadersGoOnAfterARestart()
    {
        var (here, there) = (await Open(), await Open());
        var reader = new ReadCommits(here);
        var workload = new Workload(10);
        for (var n = 0; n < 10; n++) (await workload.Step(there)).ShouldBeNull();
        await reader.Until(10);
        await Server.Control("restart", "-m", "immediate");
        for (var n = 0; n < 10;)
            if (await workload.Step(there) is null)
                n++;
        await reader.Until(20);
        foreach (var versions in reader.Versions.Values) versions.ShouldBe([1, 2]);
        await workload.Audit(here);
    }

    private static async Task Answered(Workload workload, long more)
    {
        var until = workload.Acknowledged + more;
        while (workload.Acknowledged < until)
        {
            Cancellation.ThrowIfCancellationRequested();
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancellation);
        }
    }
}
