namespace Grid.Delivery;

/// <summary>What became of one attempt to deliver.</summary>
public abstract record DeliveryOutcome
{
    /// <summary>From the start of the attempt to its outcome.</summary>
    public TimeSpan Duration { get; init; }
}

/// <summary>The receiver has it.</summary>
/// <param name="Status">The status of the response, 200 to 299.</param>
/// <param name="Body">The beginning of the response's body, at most <see cref="DeliveryLimits.ResponseBodyBytesMax"/> bytes.</param>
public sealed record Delivered(int Status, string Body) : DeliveryOutcome;

/// <summary>The receiver may not have it; a retry may succeed.</summary>
/// <param name="Reason">A sentence for operators.</param>
/// <param name="Status">Null when there was no response.</param>
/// <param name="RetryAfter">How long the receiver wants to be left alone.</param>
public sealed record Failed(string Reason, int? Status = null, TimeSpan? RetryAfter = null, string? Body = null) : DeliveryOutcome;

/// <summary>The endpoint wants no further message (410, or a <c>webhook-delivery: disable</c> header): it is to be disabled.</summary>
public sealed record Gone(int Status, string Body) : DeliveryOutcome;

/// <summary>The grid itself does not send it, for a reason that no retry removes. It is parked until an operator acts.</summary>
public sealed record Refused(string Reason) : DeliveryOutcome;

/// <summary>The receiver wants no retry of this message (a <c>webhook-delivery: abort-message</c> header on a failure).</summary>
public sealed record Aborted(int Status, string Body) : DeliveryOutcome;
