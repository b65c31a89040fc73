using System.Text;
using Grid.Delivery.Webhooks;
using Grid.Model.Customers;
using Grid.Model.Time;
using Grid.Model.Transitions;

namespace Grid.Delivery.Tests;

/// <summary>Values that a test needs but does not look at.</summary>
internal static class Some
{
    public static readonly Instant Noon = Instant.From(new DateTimeOffset(2026, 3, 14, 12, 0, 0, TimeSpan.Zero));

    /// <summary>32 bytes each.</summary>
    public static readonly string Secret = SecretOf("the first secret has 32 letters!");
    public static readonly string NewSecret = SecretOf("the other secret has 32 letters!");

    public static string SecretOf(string text) => "whsec_" + Convert.ToBase64String(Encoding.ASCII.GetBytes(text));

    public static DeliveryMessage Message(long sequence = 42, string customer = "c-1") =>
        DeliveryMessage.Create(
            new Transition(
                new CustomerId(customer), "value-tier", "silver", "gold", Direction.Upgrade, new Cause(CauseKind.Event), Noon, Noon.Plus(7)),
            lane: 1, sequence, "vip-upgrade", "crm") with
        {
            Explanation = [new("amount in 365 days", "12 000"), new("needed", "10 000")],
            Playbook = "赠送升级礼 & <call>",
            Traits = [new("city", "上海"), new("age", "31")],
        };

    public static DeliveryMessage Alert() =>
        new("alert-43-lost-grows", DeliveryKind.Alert, "lost-grows", "ops", "rfm", Noon, Noon, DeliveryMessage.SequenceOf(0, 43))
        {
            To = "lost",
            Sentence = "lost grew by 10 % in a day",
        };

    public static WebhookEndpoint Endpoint(string url = "https://hooks.example.com/grid") => new("crm", url, [Secret]);

    public static QueuedDelivery Queued(long sequence, string customer, Instant? due = null) => new(Message(sequence, customer), 0, due ?? Noon);
}
