using System.Text;
using System.Text.Json;
using Grid.Delivery.WeCom;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Grid.Delivery.Tests.WeCom;

public sealed class WeComApiTests : WeComTest
{
    [Fact]
    public async Task TagsAreListedWithTheirGroups()
    {
        var tag = WeCom.AddTag("旅程", "新客");
        (await Api().ListTagsAsync(default)).TryGet(out var list, out _).ShouldBeTrue();
        var group = list!.Groups!.ShouldHaveSingleItem();
        group.Name.ShouldBe("旅程");
        group.Tags!.ShouldHaveSingleItem().ShouldBe(new CorpTag(tag.Id, "新客"));
    }

    [Fact]
    public async Task ChineseAndEmojiAreSentAsTheyAre()
    {
        (await Api().AddTagsAsync(new AddTagsRequest(null, "旅程", [new NewTag("超级用户🎉<&\"+", 1)]), default)).Failure.ShouldBeNull();
        WeCom.Groups.ShouldHaveSingleItem().Tags.ShouldHaveSingleItem().Name.ShouldBe("超级用户🎉<&\"+");
        WeCom.Bodies.ShouldHaveSingleItem().ShouldContain("超级用户🎉");
    }

    [Theory]
    [InlineData("甲")]
    [InlineData("🎉🧧")]
    [InlineData("\\u65c5")]
    [InlineData("a\\\\u\u00e9\u2028\ufeff\u0085x")]
    [InlineData("\"'<>&+`/")]
    [InlineData("\t\u0001")]
    public void PlainJSONKeepsItsMeaning(string text)
    {
        var json = PlainJson.Write(new NewTag(text, 1), WeComJson.Default.NewTag);
        JsonSerializer.Deserialize(json, WeComJson.Default.NewTag).ShouldBe(new NewTag(text, 1));
        var written = Encoding.UTF8.GetString(json).Replace("\\\\", string.Empty);
        (written.Split("\\u").Length - 1).ShouldBe(text.Count(c => char.IsControl(c) && c != '\t'));
    }

    [Fact]
    public async Task AtMostFiveCallsAreOnTheirWay()
    {
        var api = Api();
        await api.ListTagsAsync(default);
        WeCom.Hold();
        var calls = Enumerable.Range(0, 40).Select(_ => api.ListTagsAsync(default)).ToList();
        await WeCom.HeldAsync(5);
        WeCom.Release();
        (await Task.WhenAll(calls)).ShouldAllBe(call => call.Failure == null);
        WeCom.MostAtOnce.ShouldBe(5);
        WeCom.Codes.ShouldBeEmpty();
    }

    [Fact]
    public async Task ATokenThatExpiresInTheMidstIsReplacedOnceForAllCalls()
    {
        var api = Api();
        await api.ListTagsAsync(default);
        WeCom.DropTokens();
        (await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => api.ListTagsAsync(default)))).ShouldAllBe(call => call.Failure == null);
        WeCom.CallsOf(GetToken).ShouldBe(2);
        WeCom.WrongCalls.ShouldBeInRange(1, 5);
        WeCom.CallsOf(ListTags).ShouldBe(31 + WeCom.WrongCalls);
    }

    [Theory]
    [InlineData(40001)]
    [InlineData(40014)]
    [InlineData(42001)]
    public async Task ARejectedCallIsRepeatedOnceWithAnotherToken(int code)
    {
        var api = Api();
        await api.ListTagsAsync(default);
        WeCom.Answer(ListTags, async context =>
        {
            WeCom.DropTokens();
            await context.Response.WriteAsJsonAsync(new { errcode = code, errmsg = "rejected" });
        });
        (await api.ListTagsAsync(default)).Failure.ShouldBeNull();
        (WeCom.CallsOf(ListTags), WeCom.CallsOf(GetToken)).ShouldBe((3, 2));
    }

    [Fact]
    public async Task ACallRejectedWithTheSameTokenAgainIsNotRepeated()
    {
        WeCom.Answer(ListTags, 40014);
        var expired = (await Api().ListTagsAsync(default)).Failure.ShouldBeOfType<CallTokenExpired>();
        expired.Reason.ShouldContain("the same one");
        expired.Until.ShouldBe(Clock.Now.Plus(60_000));
        (WeCom.CallsOf(ListTags), WeCom.CallsOf(GetToken)).ShouldBe((1, 2));
    }

    [Fact]
    public async Task RejectedTokensNeverMakeALoopThatBlocks()
    {
        WeCom.RejectsEveryToken = true;
        WeCom.TokenLife = TimeSpan.FromSeconds(2);
        var (api, expired) = (Api(), 0);
        for (var second = 0; second < 3 * 3_600; second++)
        {
            var call = await api.ListTagsAsync(default);
            if (call.Failure.ShouldNotBeNull() is CallTokenExpired) expired++;
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        expired.ShouldBeGreaterThan(0);
        WeCom.WasBlocked.ShouldBeFalse();
        WeCom.WrongCalls.ShouldBeInRange(2, 30);
        WeCom.CallsOf(GetToken).ShouldBeLessThanOrEqualTo(3 * WeComLimits.TokenRequestsPerHour);
    }

    [Fact]
    public async Task TheAdapterStopsForTheHourAfterTooManyRejectedCalls()
    {
        var api = Api(Options with { RejectedCallsPerHour = 3 });
        for (var i = 0; i < 3; i++)
        {
            await api.ListTagsAsync(default);
            WeCom.DropTokens();
        }

        await api.ListTagsAsync(default);
        WeCom.WrongCalls.ShouldBe(3);
        var sent = WeCom.CallsOf(ListTags);
        var stopped = (await api.ListTagsAsync(default)).Failure.ShouldBeOfType<CallBackOff>();
        stopped.Reason.ShouldContain("the adapter stops before WeCom blocks it");
        WeCom.CallsOf(ListTags).ShouldBe(sent);
        Clock.AdvanceTo(stopped.Until);
        (await api.ListTagsAsync(default)).Failure.ShouldBeNull();
    }

    [Fact]
    public async Task AWrongSecretIsRefusedAndNotTriedForEver()
    {
        var api = Api(Options with { Secret = "wrong" });
        for (var i = 0; i < 100; i++) (await api.ListTagsAsync(default)).Failure.ShouldNotBeNull();
        WeCom.CallsOf(GetToken).ShouldBe(WeComLimits.TokenRequestsPerHour);
        WeCom.CallsOf(ListTags).ShouldBe(0);
    }

    [Theory]
    [InlineData(45009, 60, 120)]
    [InlineData(45011, 60, 120)]
    [InlineData(45033, 1, 2)]
    [InlineData(-1, 5, 30)]
    [InlineData(6000, 5, 30)]
    public async Task ALimitMakesPausesThatGrowDuringWhichNothingIsSent(int code, int first, int second)
    {
        var api = Api();
        WeCom.Answer(ListTags, code, times: 2);
        var backOff = (await api.ListTagsAsync(default)).Failure.ShouldBeOfType<CallBackOff>();
        backOff.Until.ShouldBe(Clock.Now.Plus(first * 1_000L));
        backOff.Reason.ShouldContain($"{code}");
        Clock.AdvanceTo(backOff.Until.Plus(-1));
        (await api.ListTagsAsync(default)).Failure.ShouldBe(backOff);
        WeCom.CallsOf(ListTags).ShouldBe(1);

        Clock.AdvanceTo(backOff.Until);
        (await api.ListTagsAsync(default)).Failure.ShouldBeOfType<CallBackOff>().Until.ShouldBe(Clock.Now.Plus(second * 1_000L));
        Clock.Advance(TimeSpan.FromSeconds(second));
        (await api.ListTagsAsync(default)).Failure.ShouldBeNull();
        WeCom.Answer(ListTags, code);
        (await api.ListTagsAsync(default)).Failure.ShouldBeOfType<CallBackOff>().Until.ShouldBe(Clock.Now.Plus(first * 1_000L));
    }

    [Fact]
    public async Task APauseOfOneApiDoesNotStopAnother()
    {
        var api = Api();
        WeCom.Answer(ListTags, 45009);
        await api.ListTagsAsync(default);
        WeCom.AddContact("wm-1", Member);
        (await api.GetContactAsync("wm-1", null, default)).Failure.ShouldBeNull();
    }

    [Fact]
    public async Task TheLimitOfAMinuteIsKeptBeforeWeComHasTo()
    {
        WeCom.CallsPerMinute = 20;
        var api = Api(Options with { CallsPerMinute = 20 });
        var (done, deferred) = (0, 0);
        for (var i = 0; i < 600; i++)
        {
            var call = await api.ListTagsAsync(default);
            if (call.Failure is null) done++;
            else deferred += call.Failure is CallBackOff ? 1 : 0;
            Clock.Advance(TimeSpan.FromMilliseconds(500));
        }

        (done + deferred).ShouldBe(600);
        done.ShouldBeInRange(90, 100);
        WeCom.Codes.ShouldBeEmpty();
    }

    [Fact]
    public async Task TheLimitOfAnHourIsKept()
    {
        var api = Api(Options with { CallsPerHour = 2 });
        for (var i = 0; i < 2; i++) (await api.ListTagsAsync(default)).Failure.ShouldBeNull();
        var backOff = (await api.ListTagsAsync(default)).Failure.ShouldBeOfType<CallBackOff>();
        backOff.Reason.ShouldContain("2 calls in an hour");
        Clock.AdvanceTo(backOff.Until);
        (await api.ListTagsAsync(default)).Failure.ShouldBeNull();
        WeCom.CallsOf(ListTags).ShouldBe(3);
    }

    [Fact]
    public async Task ARefusalHasWeComsCodeAndPausesNothing()
    {
        var api = Api();
        WeCom.Answer(ListTags, 48002);
        (await api.ListTagsAsync(default)).Failure.ShouldBe(new CallRefused(48002, "error 48002"));
        (await api.ListTagsAsync(default)).Failure.ShouldBeNull();
    }

    [Fact]
    public async Task ARequestWithoutResponseFailsAfterFifteenSeconds()
    {
        var api = Api();
        await api.ListTagsAsync(default);
        WeCom.Hold();
        var call = api.ListTagsAsync(default);
        await WeCom.HeldAsync(1);
        Clock.Advance(TimeSpan.FromSeconds(14));
        call.IsCompleted.ShouldBeFalse();
        Clock.Advance(TimeSpan.FromSeconds(1));
        (await call).Failure.ShouldBeOfType<CallBackOff>().Reason.ShouldContain("no response within 15 s");
    }

    [Fact]
    public async Task BrokenResponsesAreFailuresThatPass()
    {
        var api = Api();
        WeCom.Answer(ListTags, context => context.Response.WriteAsync("<html>busy</html>"));
        WeCom.Answer(ListTags, context => Task.FromResult(context.Response.StatusCode = 502));
        WeCom.Answer(ListTags, context => context.Response.WriteAsync("null"));
        WeCom.Answer(ListTags, context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        foreach (var reason in (string[])["not WeCom's JSON", "502", "empty", "no response"])
        {
            var backOff = (await api.ListTagsAsync(default)).Failure.ShouldBeOfType<CallBackOff>();
            backOff.Reason.ShouldContain(reason);
            backOff.Reason.ShouldNotContain("token-");
            Clock.AdvanceTo(backOff.Until);
        }

        (await api.ListTagsAsync(default)).Failure.ShouldBeNull();
    }

    [Fact]
    public async Task ARedirectIsNotFollowed()
    {
        var api = Api();
        WeCom.Answer(ListTags, context =>
        {
            context.Response.Redirect("/cgi-bin/externalcontact/mark_tag");
            return Task.CompletedTask;
        });
        (await api.ListTagsAsync(default)).Failure.ShouldBeOfType<CallBackOff>().Reason.ShouldContain("302");
        WeCom.CallsOf(MarkTag).ShouldBe(0);
    }
}
