using System.Net;
using System.Net.Http.Headers;

namespace Grid.Delivery.Webhooks;

/// <summary>Sends messages to one endpoint as signed HTTP requests.</summary>
/// <param name="endpoint">Its settings are valid: <see cref="WebhookEndpointValidator"/> finds no problem.</param>
public sealed class WebhookChannel(WebhookEndpoint endpoint, WebhookTransport transport) : IDeliveryChannel
{
    private const string Agent = "Grid-Webhooks/1.0";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(DeliveryLimits.RequestTimeoutSeconds);

    private readonly EndpointProblem? _problem = WebhookUrl.Read(endpoint.Url, out _, out _);
    private readonly WebhookSigner _signer = new(endpoint.Secrets);

    /// <inheritdoc />
    public async Task<DeliveryOutcome> Send(DeliveryMessage message, CancellationToken cancel)
    {
        if (_problem is not null) return new Refused(_problem.Text.En);
        if (!WebhookSigner.IsMessageId(message.Id))
            return new Refused($"the id {message.Id} cannot be a webhook-id: it is not visible ASCII without a full stop");
        if (WebhookBody.Create(message, endpoint.Format, transport.Source) is not { } body)
            return new Refused("the format segment has no form for an alert; give the endpoint the format cloudevents");
        if (body.Bytes.Length > DeliveryLimits.RequestBodyBytesMax)
            return new Refused($"the body has {body.Bytes.Length} bytes; at most {DeliveryLimits.RequestBodyBytesMax} are sent");

        var started = transport.Clock.GetTimestamp();
        var outcome = await Exchange(message.Id, body, cancel);
        return outcome with { Duration = transport.Clock.GetElapsedTime(started) };
    }

    private async Task<DeliveryOutcome> Exchange(string messageId, WebhookBody body, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(Timeout, transport.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            using var request = RequestOf(messageId, body);
            using var response = await transport.Send(request, either.Token);
            var text = await ResponseExcerpt.Read(response.Content, transport.Clock, timeout.Token, cancel);
            return WebhookResponse.OutcomeOf(response, text, transport.Clock.GetUtcNow());
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new Failed($"there was no response within {DeliveryLimits.RequestTimeoutSeconds} seconds");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return WebhookFailure.OutcomeOf(failure);
        }
    }

    private HttpRequestMessage RequestOf(string messageId, WebhookBody body)
    {
        var now = transport.Clock.GetUtcNow();
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url)
        {
            Version = HttpVersion.Version11,
            Content = new ReadOnlyMemoryContent(body.Bytes),
        };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(body.ContentType);
        var headers = request.Headers;
        foreach (var (name, value) in endpoint.Headers) headers.TryAddWithoutValidation(name, value);
        if (!headers.Contains("user-agent")) headers.TryAddWithoutValidation("user-agent", Agent);
        headers.TryAddWithoutValidation("webhook-id", messageId);
        headers.TryAddWithoutValidation("webhook-timestamp", now.ToUnixTimeSeconds().ToString());
        if (endpoint.Secrets.Count > 0) headers.TryAddWithoutValidation("webhook-signature", _signer.Sign(messageId, now, body.Bytes.Span));
        return request;
    }
}
