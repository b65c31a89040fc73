using Grid.Model.Schemes.Definitions;

namespace Grid.Delivery.Webhooks;

/// <summary>The form of a request's body. The numbers are part of the stored format.</summary>
public enum EndpointFormat : byte
{
    /// <summary>CloudEvents 1.0, structured JSON: <c>cloudevents</c>.</summary>
    CloudEvents = 1,

    /// <summary>A batch of Segment's track calls <c>Audience Entered</c> and <c>Audience Exited</c>: <c>segment</c>.</summary>
    Segment = 2,
}

/// <summary>The settings of one receiver; <see cref="WebhookEndpointValidator"/> finds what is wrong with them.</summary>
/// <param name="Name">Lower-case words joined by hyphens.</param>
/// <param name="Url">Absolute, of http or https.</param>
/// <param name="Secrets">In the form <c>whsec_</c> and base64. Each signs: while a secret is replaced, receivers know the old or the new one.</param>
public sealed record WebhookEndpoint(string Name, string Url, IReadOnlyList<string> Secrets)
{
    /// <summary>Sent with every request, for example an authorization.</summary>
    public IReadOnlyList<NamedText> Headers { get; init; } = [];

    /// <summary>Requests that may start in any second.</summary>
    public int RatePerSecond { get; init; } = 100;

    /// <summary>Requests that may be under way at once.</summary>
    public int Concurrency { get; init; } = 16;

    public EndpointFormat Format { get; init; } = EndpointFormat.CloudEvents;

    /// <summary>Without secrets and headers: an endpoint may be logged.</summary>
    public override string ToString() => Name;
}

/// <summary>A mistake in the settings of an endpoint. Its text tells the user what to write instead.</summary>
/// <param name="Path">The property, for example <c>secrets[1]</c> or <c>headers[0].name</c>.</param>
/// <param name="Code">A name for programs, for example <c>url_host</c>.</param>
public sealed record EndpointProblem(string Path, string Code, LocalizedText Text);
