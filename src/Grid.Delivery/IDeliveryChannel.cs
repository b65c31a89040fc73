namespace Grid.Delivery;

/// <summary>
/// One way out: webhooks, tags of WeCom, later a stream such as NATS or Kafka. It sends one message once; order, rate, repeats and records are kept
/// by <see cref="EndpointQueue"/>.
/// </summary>
public interface IDeliveryChannel
{
    /// <summary>Sends the message once. Every failure is an outcome; the only exception is that of <paramref name="cancel"/>.</summary>
    Task<DeliveryOutcome> Send(DeliveryMessage message, CancellationToken cancel);
}
