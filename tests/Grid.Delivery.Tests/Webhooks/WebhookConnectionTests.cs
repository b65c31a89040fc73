using System.Net;
using System.Net.Sockets;
using Grid.Delivery.Webhooks;
using Shouldly;
using Xunit;

namespace Grid.Delivery.Tests.Webhooks;

/// <summary>What becomes of a message when there is no connection, or no HTTP on it.</summary>
public sealed class WebhookConnectionTests : IDisposable
{
    private readonly WatchedClock _clock = new();
    private readonly WebhookTransport _transport;

    public WebhookConnectionTests() => _transport = new WebhookTransport(AddressRules.Parse(["127.0.0.0/8"]), new Names(), _clock);

    public void Dispose() => _transport.Dispose();

    [Fact]
    public async Task FailsWhenTheConnectionIsDropped()
    {
        await using var receiver = await Receiver.Start(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        var outcome = (await Send(Some.Endpoint(receiver.Url))).ShouldBeOfType<Failed>();
        outcome.Status.ShouldBeNull();
        outcome.Reason.ShouldBeOneOf("the connection ended before a response", "the connection broke off: ConnectionReset");
    }

    [Fact]
    public async Task FailsWhenNobodyListens()
    {
        var receiver = await Receiver.Answering(200);
        await receiver.DisposeAsync();

        (await Send(Some.Endpoint(receiver.Url))).ShouldBe(new Failed("no connection: ConnectionRefused"));
    }

    [Fact]
    public async Task FailsWhenTheNameIsUnknown() =>
        (await Send(Some.Endpoint("https://unknown.example.com/"))).ShouldBe(
            new Failed($"the name unknown.example.com cannot be looked up ({nameof(SocketError.HostNotFound)})"));

    [Fact]
    public async Task FailsWhenTheNameHasNoAddress()
    {
        using var transport = new WebhookTransport(AddressRules.PublicOnly, new Names().Add("empty.example.com", string.Empty), _clock);

        (await new WebhookChannel(Some.Endpoint("https://empty.example.com/"), transport).Send(Some.Message(), CancellationToken.None))
            .ShouldBe(new Failed("the name empty.example.com has no address"));
    }

    [Theory]
    [InlineData("93.184.216.34")]
    [InlineData(null)]
    public async Task GoesOnToTheNextAddressOfAHost(string? silent)
    {
        await using var receiver = await Receiver.Answering(200);
        var clock = new WatchedClock(TimeSpan.FromSeconds(DeliveryLimits.DialSeconds));
        var dials = new Dials(IPEndPoint.Parse(new Uri(receiver.Url).Authority)) { Silent = silent is null ? null : IPAddress.Parse(silent) };
        var names = new Names().Add("two.example.com", "93.184.216.34 93.184.216.35");
        using var transport = new WebhookTransport(AddressRules.PublicOnly, names, clock, "/grid", dials.Dial);

        var sending = new WebhookChannel(Some.Endpoint("http://two.example.com/"), transport).Send(Some.Message(), CancellationToken.None);
        await clock.Waiting;
        if (silent is not null) clock.Advance(TimeSpan.FromSeconds(DeliveryLimits.DialSeconds));

        (await sending).ShouldBeOfType<Delivered>();
        dials.Made.Count.ShouldBe(silent is null ? 1 : 2);
    }

    [Fact]
    public async Task FailsWhenThereIsNoTls()
    {
        await using var receiver = await Receiver.Answering(200);

        (await Send(Some.Endpoint(receiver.Url.Replace("http:", "https:")))).ShouldBeOfType<Failed>().Reason.ShouldStartWith("TLS failed: ");
    }

    [Fact]
    public async Task FailsWhenTheAnswerIsNoHttp()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            await client.GetStream().ReadExactlyAsync(new byte[100]);
            await client.GetStream().WriteAsync("SSH-2.0-server\r\n\r\n"u8.ToArray());
        });

        var outcome = await Send(Some.Endpoint($"http://{listener.LocalEndpoint}/"));
        await answering;

        outcome.ShouldBeOfType<Failed>().Status.ShouldBeNull();
    }

    private async Task<DeliveryOutcome> Send(WebhookEndpoint endpoint) =>
        await new WebhookChannel(endpoint, _transport).Send(Some.Message(), CancellationToken.None);
}
