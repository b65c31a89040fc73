namespace Grid.Ledger.Outbox;

/// <summary>What became of a delivery. The numbers are the stored format.</summary>
public enum DeliveryStatus
{
    /// <summary>To be sent at its due instant.</summary>
    Pending = 0,

    /// <summary>The endpoint has accepted it.</summary>
    Delivered = 1,

    /// <summary>Sending was given up; a replay makes it pending again.</summary>
    Parked = 2,

    /// <summary>Not sent: the customer belongs to the hold-out group.</summary>
    HeldOut = 3,

    /// <summary>Not sent: the customer has had as many as the cap allows.</summary>
    Capped = 4,

    /// <summary>Not sent, for the reason of the row.</summary>
    Dropped = 5,

    /// <summary>Not sent: the customer has not consented to the purpose.</summary>
    NoConsent = 6,

    /// <summary>Not sent: the customer acted in time.</summary>
    Cancelled = 7,
}
