using Grid.Grains;
using Grid.Grains.Calls;
using Grid.Grains.Customers;
using Grid.Ledger;
using Grid.Model.Customers;
using Orleans.Runtime.Messaging;
using Shouldly;
using Xunit;

namespace Grid.Tests.Calls;

public sealed class GrainCallsTests : IAsyncDisposable
{
    private readonly FakeMembership _membership = new(silos: 3);
    private readonly PassingTime _time = new();
    private readonly SiloDeaths _deaths;
    private readonly GrainCalls _calls;
    private int _attempts;
    private int _notDelivered;

    public GrainCallsTests()
    {
        _deaths = new SiloDeaths(_membership);
        _calls = new GrainCalls(_deaths, _time);
        _calls.NotDelivered += () => _notDelivered++;
    }

    public static TheoryData<Exception> Passing => [
        new SiloUnavailableException("the silo died"),
        new ConnectionFailedException("connection refused"),
        new StaleCustomerException(new CustomerId("c1"), 2, 3)];

    public static TheoryData<Exception> Lasting => [
        new LedgerException(FailureKind.Temporary, "the database is starting up"),
        new SiloUnavailableException("activation failed", new LedgerException(FailureKind.Temporary, "the database is starting up")),
        new TimeoutException("no answer in 30 s"),
        new GatewayTooBusyException("overloaded"),
        new LimitExceededException("too many requests wait"),
        new InvalidOperationException("a bug")];

    [Fact]
    public async Task AnswerWhatTheGrainAnswers()
    {
        (await _calls.Call("grain", static _ => new ValueTask<int>(7))).ShouldBe(7);
        (await _calls.Call("grain", static _ => Task.FromResult(8))).ShouldBe(8);
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task RepeatWhatWasNotDelivered(Exception failure)
    {
        (await Call(attempt => attempt <= 5 ? Task.FromException<int>(failure) : Task.FromResult(attempt))).ShouldBe(6);
        (await Call(attempt => attempt <= 5 ? throw failure : Task.FromResult(attempt))).ShouldBe(6);

        _notDelivered.ShouldBe(failure is OrleansException ? 10 : 0);
    }

    [Theory]
    [MemberData(nameof(Lasting))]
    public async Task RepeatNothingElse(Exception failure)
    {
        (await Should.ThrowAsync<Exception>(() => Call(_ => Task.FromException<int>(failure)))).ShouldBeSameAs(failure);

        _attempts.ShouldBe(1);
        _notDelivered.ShouldBe(0);
    }

    [Fact]
    public async Task GiveUpAfterAWhile()
    {
        var failure = new SiloUnavailableException("the silo died");

        (await Should.ThrowAsync<Exception>(() => Call(_ => Task.FromException<int>(failure)))).ShouldBeSameAs(failure);

        var limit = TimeSpan.FromMilliseconds(GridLimits.CallRepeatMillisecondsMax);
        _time.Passed.ShouldBeInRange(limit, limit + TimeSpan.FromSeconds(1));
        _attempts.ShouldBeInRange(15_000 / GridLimits.CallDelayMillisecondsMax, 200);
    }

    [Fact]
    public async Task RepeatACallThatFailsLate()
    {
        (await Call(attempt =>
        {
            if (attempt >= GridLimits.CallAttemptsMin) return Task.FromResult(attempt);
            _time.Pass(TimeSpan.FromMinutes(10));
            return Task.FromException<int>(new SiloUnavailableException("the silo died"));
        })).ShouldBe(GridLimits.CallAttemptsMin);
    }

    [Fact]
    public async Task RepeatACallThatADeadSiloWillNotAnswer()
    {
        await _deaths.StartAsync(TestContext.Current.CancellationToken);
        var call = Call(attempt => attempt == 1 ? new TaskCompletionSource<int>().Task : Task.FromResult(attempt));
        call.IsCompleted.ShouldBeFalse();

        _membership.Set(1, SiloStatus.Dead);

        (await call.WaitAsync(GridApplication.Patience, TestContext.Current.CancellationToken)).ShouldBe(2);
        _notDelivered.ShouldBe(1);
    }

    [Fact]
    public async Task WaitForALateAnswerWhenASiloDies()
    {
        await _deaths.StartAsync(TestContext.Current.CancellationToken);
        var answer = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _time.OnTimer = () => answer.SetResult(9);
        var call = Call(_ => answer.Task);

        _membership.Set(1, SiloStatus.Dead);

        (await call.WaitAsync(GridApplication.Patience, TestContext.Current.CancellationToken)).ShouldBe(9);
        _attempts.ShouldBe(1);
    }

    [Fact]
    public async Task GoOnWaitingWhenASiloJoinsOrStops()
    {
        await _deaths.StartAsync(TestContext.Current.CancellationToken);
        var before = _deaths.Next;

        _membership.Set(3, SiloStatus.Active);
        _membership.Set(2, SiloStatus.ShuttingDown);
        before.IsCancellationRequested.ShouldBeFalse();

        _membership.Set(2, SiloStatus.Dead);
        var died = new TaskCompletionSource();
        await using var registration = before.Register(died.SetResult);
        await died.Task.WaitAsync(GridApplication.Patience, TestContext.Current.CancellationToken);
        _deaths.Next.IsCancellationRequested.ShouldBeFalse();
    }

    public async ValueTask DisposeAsync()
    {
        await _deaths.StopAsync(CancellationToken.None);
        _deaths.Dispose();
    }

    private async Task<int> Call(Func<int, Task<int>> grain)
    {
        _attempts = 0;
        return await _calls.Call((this, grain), static call => call.grain(++call.Item1._attempts));
    }

    /// <summary>A clock whose timers fire at once and which then shows their due instant.</summary>
    private sealed class PassingTime : TimeProvider
    {
        private long _ticks;

        public TimeSpan Passed => TimeSpan.FromTicks(Volatile.Read(ref _ticks));

        public Action OnTimer { get; set; } = () => { };

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);

        public override long GetTimestamp() => Volatile.Read(ref _ticks);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == Timeout.InfiniteTimeSpan) return System.CreateTimer(callback, state, dueTime, period);
            Pass(dueTime);
            OnTimer();
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
