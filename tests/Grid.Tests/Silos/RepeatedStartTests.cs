using Grid.Ledger;
using Grid.Server.Silos;
using Grid.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Grid.Tests.Silos;

/// <summary>The start of a server whose ledger is available, missing, or not available yet.</summary>
public sealed class RepeatedStartTests
{
    private readonly KeptWarnings _log = new();
    private readonly HastyTime _time = new();
    private readonly List<Part> _parts = [];

    [Fact]
    public async Task ForAReasonThatPassesIsMadeAgainAndSaidInTheLog()
    {
        var reason = new LedgerException(FailureKind.Temporary, "the database is starting up");

        await using (var app = await Start(attempt => attempt <= 2 ? reason : null))
        {
            _parts.Count.ShouldBe(3);
            _parts.Take(2).ShouldAllBe(part => part.IsDisposed);
            _parts[2].IsDisposed.ShouldBeFalse();
        }

        _log.Warnings.ShouldBe(Enumerable.Repeat("The server could not start; retrying. the database is starting up", 2));
    }

    [Fact]
    public async Task ForAReasonThatStaysIsNotMadeAgain()
    {
        var reason = new LedgerException(FailureKind.Permanent, "the database is of a newer build");

        (await Should.ThrowAsync<LedgerException>(() => Start(_ => reason))).ShouldBeSameAs(reason);

        _parts.Count.ShouldBe(1);
        _parts[0].IsDisposed.ShouldBeTrue();
        _log.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task ForAFileInUseIsNotMadeAgain()
    {
        var reason = new LedgerException(FailureKind.Temporary, "grid.db is in use by another process");

        (await Should.ThrowAsync<LedgerException>(() => Start(_ => reason, awaitsLedger: false))).ShouldBeSameAs(reason);

        _parts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task IsGivenUpAfterHalfAMinute()
    {
        var reason = new LedgerException(FailureKind.Temporary, "the database is starting up");

        (await Should.ThrowAsync<LedgerException>(() => Start(_ => reason))).ShouldBeSameAs(reason);

        _time.Passed.ShouldBe(RepeatedStart.Within);
    }

    private Task<WebApplication> Start(Func<int, Exception?> failure, bool awaitsLedger = true) => RepeatedStart.Run(
        () =>
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders().AddProvider(_log).AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical);
            _parts.Add(new Part(failure(_parts.Count + 1)));
            var part = _parts[^1];
            builder.Services.AddHostedService(_ => part);
            return builder.Build();
        },
        awaitsLedger,
        _time,
        TestContext.Current.CancellationToken);

    private sealed class Part(Exception? failure) : IHostedService, IDisposable
    {
        public bool IsDisposed { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken) => failure is null ? Task.CompletedTask : Task.FromException(failure);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() => IsDisposed = true;
    }

    /// <summary>A clock on which every wait ends at once.</summary>
    private sealed class HastyTime : TimeProvider
    {
        public TimeSpan Passed { get; private set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Passed.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Passed += dueTime;
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
