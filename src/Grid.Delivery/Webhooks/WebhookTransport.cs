using System.Net;

namespace Grid.Delivery.Webhooks;

/// <summary>The connections of all webhooks of a server. They share nothing but the pool: a receiver that hangs holds up its own requests only.</summary>
public sealed class WebhookTransport : IDisposable
{
    private readonly HttpMessageInvoker _invoker;

    /// <param name="source">The grid as receivers know it: the attribute <c>source</c> of CloudEvents, a reference to a URI.</param>
    public WebhookTransport(AddressRules rules, IHostResolver resolver, TimeProvider clock, string source = "/grid")
        : this(rules, resolver, clock, source, AddressDialler.DialTcp)
    {
    }

    internal WebhookTransport(AddressRules rules, IHostResolver resolver, TimeProvider clock, string source, Dial dial)
    {
        (Rules, Clock, Source) = (rules, clock, source);
        var dialler = new AddressDialler(rules, resolver, dial, clock);
        _invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            // A proxy would dial in our place, a redirect would lead elsewhere: both would pass the rules by.
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            ConnectTimeout = TimeSpan.FromSeconds(DeliveryLimits.RequestTimeoutSeconds),
            PooledConnectionLifetime = TimeSpan.FromSeconds(DeliveryLimits.ConnectionLifetimeSeconds),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(DeliveryLimits.ConnectionIdleSeconds),
            MaxResponseHeadersLength = DeliveryLimits.ResponseHeadersKilobytesMax,

            // A body that is not read ends its connection instead of being drained.
            MaxResponseDrainSize = 0,
            ConnectCallback = (context, cancel) => dialler.Connect(context.DnsEndPoint, cancel),
        });
    }

    internal AddressRules Rules { get; }

    internal TimeProvider Clock { get; }

    internal string Source { get; }

    public void Dispose() => _invoker.Dispose();

    /// <summary>Returns when the headers of the response are read.</summary>
    internal Task<HttpResponseMessage> Send(HttpRequestMessage request, CancellationToken cancel) => _invoker.SendAsync(request, cancel);
}
