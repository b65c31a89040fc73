using Grid.Delivery.WeCom;
using Shouldly;
using Xunit;

namespace Grid.Delivery.Tests.WeCom;

public sealed class AccessTokenTests
{
    private readonly ManualClock _clock = new();
    private readonly Queue<CallResult<TokenResponse>> _responses = new();
    private int _requests;

    [Fact]
    public async Task CallersAtOnceShareOneRequest()
    {
        var response = new TaskCompletionSource<CallResult<TokenResponse>>();
        var token = new AccessToken(() => (++_requests, response.Task).Task, Budget(), _clock);
        var waiting = Enumerable.Range(0, 50).Select(_ => token.GetAsync(CancellationToken.None)).ToList();
        response.SetResult(Given("a", 7_200));
        foreach (var one in waiting) TextOf(await one).ShouldBe("a");
        _requests.ShouldBe(1);
    }

    [Fact]
    public async Task ACallerWhoGivesUpLeavesTheRequestToTheOthers()
    {
        var response = new TaskCompletionSource<CallResult<TokenResponse>>();
        var token = new AccessToken(() => response.Task, Budget(), _clock);
        using var cancellation = new CancellationTokenSource();
        var (one, other) = (token.GetAsync(cancellation.Token), token.GetAsync(CancellationToken.None));
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => one);
        response.SetResult(Given("a", 7_200));
        TextOf(await other).ShouldBe("a");
    }

    [Fact]
    public async Task ATokenIsReplacedAMinuteBeforeItExpires()
    {
        var token = Token(Given("a", 7_200), Given("b", 7_200));
        TextOf(await token.GetAsync(default)).ShouldBe("a");
        _clock.Advance(TimeSpan.FromSeconds(7_139));
        TextOf(await token.GetAsync(default)).ShouldBe("a");
        _clock.Advance(TimeSpan.FromSeconds(1));
        TextOf(await token.GetAsync(default)).ShouldBe("b");
        _requests.ShouldBe(2);
    }

    [Fact]
    public async Task TheSameTokenGivenAgainIsUsedToItsEnd()
    {
        var token = Token(Given("a", 100), Given("a", 10), Given("b", 100));
        TextOf(await token.GetAsync(default)).ShouldBe("a");
        _clock.Advance(TimeSpan.FromSeconds(90));
        for (var i = 0; i < 10; i++) TextOf(await token.GetAsync(default)).ShouldBe("a");
        _clock.Advance(TimeSpan.FromSeconds(9.9));
        TextOf(await token.GetAsync(default)).ShouldBe("a");
        _requests.ShouldBe(2);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        TextOf(await token.GetAsync(default)).ShouldBe("b");
    }

    [Fact]
    public async Task ARejectedTokenIsReplacedOnceForAllWhoHeldIt()
    {
        var token = Token(Given("a", 7_200), Given("b", 7_200));
        await token.GetAsync(default);
        for (var i = 0; i < 5; i++) TextOf(await token.ReplaceAsync("a", default)).ShouldBe("b");
        _requests.ShouldBe(2);
    }

    [Fact]
    public async Task AfterARejectedNewTokenCallsPauseLongerEachTime()
    {
        var token = Token(Given("a", 7_200), Given("b", 7_200), Given("c", 7_200));
        await token.GetAsync(default);
        token.Rejected("a", "rejected").Until.ShouldBe(_clock.Now.Plus(60_000));
        (await token.GetAsync(default)).Failure.ShouldBeOfType<CallTokenExpired>();
        _requests.ShouldBe(1);
        _clock.Advance(TimeSpan.FromSeconds(60));
        TextOf(await token.GetAsync(default)).ShouldBe("b");
        token.Rejected("b", "rejected").Until.ShouldBe(_clock.Now.Plus(300_000));
        _clock.Advance(TimeSpan.FromSeconds(300));
        TextOf(await token.GetAsync(default)).ShouldBe("c");
        token.Accepted();
        token.Rejected("c", "rejected").Until.ShouldBe(_clock.Now.Plus(60_000));
    }

    [Fact]
    public async Task TheBudgetOfRequestsEndsAskingUntilTheHourIsOver()
    {
        var token = new AccessToken(() => Task.FromResult((++_requests, Failed: Refused()).Failed), Budget(requests: 3), _clock);
        for (var i = 0; i < 3; i++) (await token.GetAsync(default)).Failure.ShouldBeOfType<CallRefused>();
        var stopped = (await token.GetAsync(default)).Failure.ShouldBeOfType<CallBackOff>();
        stopped.Reason.ShouldContain("check the corp's id and secret");
        stopped.Until.ShouldBeGreaterThanOrEqualTo(_clock.Now.Plus(3_600_000));
        _clock.AdvanceTo(stopped.Until.Plus(-1));
        (await token.GetAsync(default)).Failure.ShouldBeOfType<CallBackOff>();
        _requests.ShouldBe(3);
        _clock.AdvanceTo(stopped.Until);
        (await token.GetAsync(default)).Failure.ShouldBeOfType<CallRefused>();
    }

    [Theory]
    [InlineData(null, 7_200)]
    [InlineData("", 7_200)]
    [InlineData("a", 0)]
    public async Task AResponseWithoutATokenIsNone(string? text, int seconds) =>
        (await Token(Given(text, seconds)).GetAsync(default)).Failure.ShouldBeOfType<CallRefused>().Message.ShouldContain("no token");

    [Fact]
    public void TheTextOfAResponseDoesNotHoldTheToken() => new TokenResponse { Token = "s3cret" }.ToString().ShouldNotContain("s3cret");

    private AccessToken Token(params ReadOnlySpan<CallResult<TokenResponse>> responses)
    {
        foreach (var response in responses) _responses.Enqueue(response);
        return new AccessToken(() => Task.FromResult((++_requests, Next: _responses.Dequeue()).Next), Budget(), _clock);
    }

    private static TokenBudget Budget(int requests = 20) => new(requests, 500);

    private static CallResult<TokenResponse> Given(string? token, int seconds) =>
        CallResult<TokenResponse>.Done(new TokenResponse { Token = token, ExpiresInSeconds = seconds });

    private static CallResult<TokenResponse> Refused() => CallResult<TokenResponse>.Failed(new CallRefused(WeComErrors.InvalidSecret, "invalid secret"));

    private static string? TextOf(CallResult<string> result) => result.TryGet(out var text, out _) ? text : null;
}
