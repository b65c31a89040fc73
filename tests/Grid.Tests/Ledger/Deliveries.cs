using Grid.Ledger.Outbox;
using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Tests.Ledger;

/// <summary>Rows of the outbox for tests.</summary>
internal static class Deliveries
{
    /// <summary>2023-11-14T22:13:20Z.</summary>
    public static readonly Instant At = new(1_700_000_000_000);

    public static OutboxRow Row(
        int number,
        string trigger = "t",
        string endpoint = "e",
        string? customer = null,
        DeliveryStatus status = DeliveryStatus.Pending) => new(
        $"{number}", trigger, endpoint, new CustomerId(customer ?? $"c{number % 7}"), $"{number:d4}", status, null, At, At.Plus(20), At.Plus(-40), [1]);

    /// <summary>What became of a row by its first attempt, a second after it was created.</summary>
    public static DeliveryAttempt Settled(long number, DeliveryStatus status) =>
        new(number, status, null, 1, At.Plus(1_020), At.Plus(1_020), new DeliveryResponse(200, "ok"));
}
