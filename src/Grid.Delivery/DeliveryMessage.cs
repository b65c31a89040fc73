using Grid.Model.Customers;
using Grid.Model.Time;
using Grid.Model.Transitions;

namespace Grid.Delivery;

/// <summary>What a delivery is about. The numbers are part of the stored format.</summary>
public enum DeliveryKind : byte
{
    /// <summary>A customer moved from one layer to another.</summary>
    Transition = 1,

    /// <summary>A customer leaves a layer by time alone at <see cref="DeliveryMessage.EffectiveAt"/>, unless the customer acts before.</summary>
    ComingLapse = 2,

    /// <summary>A segment's size or flow reached a bound that an operator set.</summary>
    Alert = 3,

    /// <summary>A sample that an operator asked for.</summary>
    Test = 4,
}

/// <summary>A name with its value as text.</summary>
public readonly record struct NamedText(string Name, string Value);

/// <summary>One message to one endpoint: all that a channel needs to send it, and to send it again with the same bytes.</summary>
/// <param name="Id">The same for every repeat, unique per endpoint; see <see cref="IdOf"/>.</param>
/// <param name="Endpoint">The name of the endpoint.</param>
/// <param name="Scheme">The scheme of the layers.</param>
/// <param name="EffectiveAt">The rule's instant; for a coming lapse the instant of the lapse.</param>
/// <param name="CommittedAt">When the grid recorded it.</param>
/// <param name="Sequence">The place in the log as text; later messages of a customer sort after earlier ones, see <see cref="SequenceOf"/>.</param>
public sealed record DeliveryMessage(
    string Id,
    DeliveryKind Kind,
    string Trigger,
    string Endpoint,
    string Scheme,
    Instant EffectiveAt,
    Instant CommittedAt,
    string Sequence)
{
    /// <summary>Null for an alert.</summary>
    public CustomerId? Customer { get; init; }

    /// <summary>The layer that the customer left, or is about to leave; null on entry.</summary>
    public string? From { get; init; }

    /// <summary>The layer that the customer entered, or is about to enter; null on exit. For an alert the layer it watches.</summary>
    public string? To { get; init; }

    /// <summary>Null for an alert.</summary>
    public Direction? Direction { get; init; }

    /// <summary>Null for an alert.</summary>
    public Cause? Cause { get; init; }

    /// <summary>The operands of the explanation, in its order.</summary>
    public IReadOnlyList<NamedText>? Explanation { get; init; }

    /// <summary>What to do for the customers of the layer.</summary>
    public string? Playbook { get; init; }

    /// <summary>The traits that the trigger chose, in its order; each name once.</summary>
    public IReadOnlyList<NamedText>? Traits { get; init; }

    /// <summary>The sentence of an alert.</summary>
    public string? Sentence { get; init; }

    /// <summary>Messages with equal keys are delivered in their order: those of a customer, and the alerts of one segment.</summary>
    public string OrderKey => Customer is { } customer ? customer.Value : $"segment:{Scheme}/{To}";

    /// <summary>The message of a transition that a trigger chose.</summary>
    /// <param name="lane">The lane of the log that has the transition.</param>
    /// <param name="sequence">The transition's number in the lane.</param>
    public static DeliveryMessage Create(Transition transition, int lane, long sequence, string trigger, string endpoint) =>
        new(
            IdOf(lane, sequence, trigger), DeliveryKind.Transition, trigger, endpoint, transition.Scheme,
            transition.EffectiveAt, transition.RecordedAt, SequenceOf(lane, sequence))
        {
            Customer = transition.Customer,
            From = transition.From,
            To = transition.To,
            Direction = transition.Direction,
            Cause = transition.Cause,
        };

    /// <summary>A place in the log with all digits written, so that texts of one lane, which has all of a customer, sort as numbers do.</summary>
    public static string SequenceOf(int lane, long sequence) => $"{lane:D2}-{sequence:D19}";

    /// <summary>
    /// The id of what a trigger makes of a transition. It has no full stop: a Standard Webhooks signature covers <c>id.timestamp.body</c>, and with a stop
    /// in the id two different messages could have the same signed text.
    /// </summary>
    public static string IdOf(int lane, long sequence, string trigger) => $"{lane}-{sequence}-{trigger}";

    /// <summary>Never the personal data: a message may be logged.</summary>
    public override string ToString() => $"{Id} to {Endpoint}";
}
