namespace Grid.Delivery.Webhooks;

/// <summary>What a response means: the status decides, and the header <c>webhook-delivery</c> by which a receiver controls what follows.</summary>
internal static class WebhookResponse
{
    /// <summary>The header that senders of Standard Webhooks agree on; its values are <see cref="Disable"/> and <see cref="AbortMessage"/>.</summary>
    public const string ControlHeader = "webhook-delivery";

    /// <summary>No further message is to be sent to this endpoint.</summary>
    public const string Disable = "disable";

    /// <summary>This message is not to be sent again; without effect on a success.</summary>
    public const string AbortMessage = "abort-message";

    public static DeliveryOutcome OutcomeOf(HttpResponseMessage response, string body, DateTimeOffset now)
    {
        var status = (int)response.StatusCode;
        if (status == 410 || Controls(response, Disable)) return new Gone(status, body);
        if (response.IsSuccessStatusCode) return new Delivered(status, body);
        if (Controls(response, AbortMessage)) return new Aborted(status, body);
        return new Failed(ReasonOf(status), status, RetryAfterOf(response, now), body);
    }

    private static bool Controls(HttpResponseMessage response, string value) =>
        response.Headers.TryGetValues(ControlHeader, out var values)
        && values.SelectMany(line => line.Split(',')).Any(item => item.Trim().Equals(value, StringComparison.OrdinalIgnoreCase));

    private static string ReasonOf(int status) => status is >= 300 and < 400
        ? $"the receiver answered {status}; redirects are not followed"
        : $"the receiver answered {status}";

    /// <summary>Null without the header, or when it cannot be read; never negative.</summary>
    private static TimeSpan? RetryAfterOf(HttpResponseMessage response, DateTimeOffset now)
    {
        if (response.Headers.RetryAfter is not { } header) return null;
        var wait = header.Delta ?? header.Date - now;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
