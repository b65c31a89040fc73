using Grid.Model.Evaluation;
using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Tests.Model.Histories;

namespace Grid.Tests.Model;

/// <summary>Facts given by their day, for a customer of a few schemes and without a population.</summary>
internal static class ASimpleLife
{
    public static readonly Instant Start = new(1_767_225_600_000);

    private static readonly Rules Shipped = SomeSchemes.Rules([.. SomeSchemes.Shipped]);

    public static Life Begun() => new(Shipped);

    /// <summary>Evaluated by one scheme, <c>s0</c>.</summary>
    public static Life With(string rules) => new(SomeSchemes.Rules(SomeSchemes.Written("s0", rules)));

    public static Instant Day(double days) => Start.Plus((long)(days * MillisecondsPer.Day));

    public static OrderPaid Order(Instant at, string id, long amount = 10_000) => new(at, MessageKey.From($"order {id}"), id, amount);

    public static OrderRefunded Refund(Instant at, string id, long? amount, string message = "refund") =>
        new(at, MessageKey.From($"{message} of {id}"), id, amount);

    public static OrderCancelled Cancellation(Instant at, string id) => new(at, MessageKey.From($"cancellation {id}"), id);

    public static Interacted Interaction(Instant at, string kind = "comment-added") => new(at, MessageKey.From($"{kind} {at}"), kind);
}
