using System.Security.Cryptography;
using System.Text;
using Grid.Delivery.Webhooks;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Grid.Delivery.Tests.Webhooks;

/// <summary>The channel against real servers on the loopback, which the rules allow here.</summary>
public sealed class WebhookChannelTests : IDisposable
{
    private readonly WatchedClock _clock = new(TimeSpan.FromSeconds(DeliveryLimits.ResponseBodySeconds));
    private readonly WebhookTransport _transport;

    public WebhookChannelTests() => _transport = new WebhookTransport(AddressRules.Parse(["127.0.0.0/8"]), new Names(), _clock);

    public void Dispose() => _transport.Dispose();

    [Fact]
    public async Task SendsASignedRequest()
    {
        await using var receiver = await Receiver.Answering(202);
        var endpoint = Some.Endpoint(receiver.Url) with { Secrets = [Some.NewSecret, Some.Secret], Headers = [new("X-Team", "crm")] };

        var outcome = await Send(endpoint);

        outcome.ShouldBe(new Delivered(202, "answer 202"));
        var request = await receiver.Next();
        request.Path.ShouldBe("/hook");
        request.Headers["x-team"].ShouldBe("crm");
        request.Headers["content-type"].ShouldBe("application/cloudevents+json; charset=utf-8");
        request.Headers["webhook-id"].ShouldBe("1-42-vip-upgrade");
        request.Headers["webhook-timestamp"].ShouldBe("1773489600");
        request.Headers["webhook-signature"].ShouldBe(
            $"{Signature(Some.NewSecret, request)} {Signature(Some.Secret, request)}");
        request.Headers.Keys.Order().ShouldBe(
        [
            "content-length", "content-type", "host", "user-agent", "webhook-id", "webhook-signature", "webhook-timestamp", "x-team",
        ]);
    }

    [Fact]
    public async Task RepeatsWithEqualBytesAndTheSameId()
    {
        await using var receiver = await Receiver.Answering(500);
        var channel = new WebhookChannel(Some.Endpoint(receiver.Url), _transport);

        (await channel.Send(Some.Message(), CancellationToken.None)).ShouldBeOfType<Failed>();
        _clock.Advance(TimeSpan.FromHours(1));
        (await channel.Send(Some.Message(), CancellationToken.None)).ShouldBeOfType<Failed>();

        var (first, second) = (await receiver.Next(), await receiver.Next());
        second.Body.ShouldBe(first.Body);
        second.Headers["webhook-id"].ShouldBe(first.Headers["webhook-id"]);
        (long.Parse(second.Headers["webhook-timestamp"]) - long.Parse(first.Headers["webhook-timestamp"])).ShouldBe(3_600);
        second.Headers["webhook-signature"].ShouldBe(Signature(Some.Secret, second));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task FailsAtAnyOtherStatus(int status)
    {
        await using var receiver = await Receiver.Answering(status);

        (await Send(Some.Endpoint(receiver.Url))).ShouldBe(new Failed($"the receiver answered {status}", status, null, $"answer {status}"));
    }

    [Theory]
    [InlineData("17", 17)]
    [InlineData("0", 0)]
    [InlineData("Sat, 14 Mar 2026 12:02:00 GMT", 120)]
    [InlineData("Sat, 14 Mar 2026 11:00:00 GMT", 0)]
    public async Task ReadsRetryAfter(string header, int seconds)
    {
        await using var receiver = await Receiver.Answering(429, ("Retry-After", header));

        (await Send(Some.Endpoint(receiver.Url))).ShouldBeOfType<Failed>().RetryAfter.ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-3")]
    [InlineData("99999999999999999999")]
    public async Task IgnoresARetryAfterThatIsNone(string header)
    {
        await using var receiver = await Receiver.Answering(429, ("Retry-After", header));

        (await Send(Some.Endpoint(receiver.Url))).ShouldBeOfType<Failed>().RetryAfter.ShouldBeNull();
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task FollowsNoRedirect(int status)
    {
        await using var target = await Receiver.Answering(200);
        await using var receiver = await Receiver.Answering(status, ("Location", target.Url));

        var outcome = await Send(Some.Endpoint(receiver.Url));

        outcome.ShouldBeOfType<Failed>().Reason.ShouldBe($"the receiver answered {status}; redirects are not followed");
        receiver.Requests.ShouldBe(1);
        target.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task LearnsThatTheEndpointIsGone()
    {
        await using var gone = await Receiver.Answering(410);
        await using var disabling = await Receiver.Answering(200, ("webhook-delivery", "disable"));

        (await Send(Some.Endpoint(gone.Url))).ShouldBe(new Gone(410, "answer 410"));
        (await Send(Some.Endpoint(disabling.Url))).ShouldBe(new Gone(200, "answer 200"));
    }

    [Fact]
    public async Task AbortsWhenTheReceiverWantsNoRetry()
    {
        await using var failing = await Receiver.Answering(422, ("Webhook-Delivery", "Abort-Message"));
        await using var taking = await Receiver.Answering(200, ("webhook-delivery", "abort-message"));

        (await Send(Some.Endpoint(failing.Url))).ShouldBe(new Aborted(422, "answer 422"));
        (await Send(Some.Endpoint(taking.Url))).ShouldBe(new Delivered(200, "answer 200"));
    }

    [Fact]
    public async Task GivesUpOnAReceiverThatHangs()
    {
        await using var receiver = await Receiver.Start(context => Ended(context.RequestAborted));

        var sending = new WebhookChannel(Some.Endpoint(receiver.Url), _transport).Send(Some.Message(), CancellationToken.None);
        await receiver.Next();
        _clock.Advance(TimeSpan.FromMilliseconds(14_999));
        sending.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        var outcome = await sending;
        outcome.ShouldBeOfType<Failed>().Reason.ShouldBe("there was no response within 15 seconds");
        outcome.Duration.ShouldBe(TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task IsStoppedByItsCaller()
    {
        await using var receiver = await Receiver.Start(context => Ended(context.RequestAborted));
        using var stop = new CancellationTokenSource();

        var sending = new WebhookChannel(Some.Endpoint(receiver.Url), _transport).Send(Some.Message(), stop.Token);
        await receiver.Next();
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(sending);
    }

    [Fact]
    public async Task KeepsTheFirst4KilobytesOfAHugeBody()
    {
        await using var receiver = await Receiver.Start(async context =>
        {
            var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("上海", 5_000)));
            for (var i = 0; i < 2_000 && !context.RequestAborted.IsCancellationRequested; i++) await context.Response.Body.WriteAsync(block);
        });

        var outcome = await Send(Some.Endpoint(receiver.Url));

        // 4,096 bytes are 1,365 characters of 3 bytes and one byte of the next.
        outcome.ShouldBeOfType<Delivered>().Body.ShouldBe(string.Concat(Enumerable.Repeat("上海", 683))[..1_365]);
    }

    [Fact]
    public async Task DoesNotWaitForASlowBody()
    {
        await using var receiver = await Receiver.Start(async context =>
        {
            await context.Response.WriteAsync("slow");
            await context.Response.Body.FlushAsync();
            await Ended(context.RequestAborted);
        });

        var sending = new WebhookChannel(Some.Endpoint(receiver.Url), _transport).Send(Some.Message(), CancellationToken.None);
        await _clock.Waiting;
        _clock.Advance(TimeSpan.FromSeconds(DeliveryLimits.ResponseBodySeconds));

        // Whether the four letters had arrived by then is up to the network; the status had.
        (await sending).ShouldBeOfType<Delivered>().Body.ShouldBeOneOf("slow", string.Empty);
    }

    [Fact]
    public async Task FailsAtHugeHeaders()
    {
        await using var receiver = await Receiver.Answering(200, ("x-huge", new string('a', 20_000)));

        (await Send(Some.Endpoint(receiver.Url))).ShouldBeOfType<Failed>().Reason.ShouldBe("the headers of the response are larger than 16 KB");
    }

    [Fact]
    public async Task RefusesWhatItCannotExpress()
    {
        await using var receiver = await Receiver.Answering(200);

        (await Send(Some.Endpoint(receiver.Url) with { Format = EndpointFormat.Segment }, Some.Alert())).ShouldBeOfType<Refused>();
        (await Send(Some.Endpoint(receiver.Url), Some.Message() with { Id = "4.2" })).ShouldBeOfType<Refused>().Reason.ShouldContain("webhook-id");
        (await Send(Some.Endpoint(receiver.Url), Some.Message() with { Playbook = new string('a', 300_000) })).ShouldBeOfType<Refused>();
        receiver.Requests.ShouldBe(0);
    }

    private async Task<DeliveryOutcome> Send(WebhookEndpoint endpoint, DeliveryMessage? message = null) =>
        await new WebhookChannel(endpoint, _transport).Send(message ?? Some.Message(), CancellationToken.None);

    private static async Task Ended(CancellationToken aborted)
    {
        var ended = new TaskCompletionSource();
        await using var registration = aborted.Register(ended.SetResult);
        await ended.Task;
    }

    private static string Signature(string secret, ReceivedRequest request)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{request.Headers["webhook-id"]}.{request.Headers["webhook-timestamp"]}."), .. request.Body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), signed));
    }
}
