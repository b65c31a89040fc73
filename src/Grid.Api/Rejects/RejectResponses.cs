using System.Text;
using Grid.Ledger;

namespace Grid.Api.Rejects;

/// <param name="Position">Pass it as <c>after</c> to go on.</param>
public sealed record RejectsResponse(string Position, IReadOnlyList<RejectView> Items);

/// <summary>An item that was not taken.</summary>
/// <param name="Place">Where in its request it stood.</param>
/// <param name="Raw">What was sent, cut at a limit; what is no UTF-8 is shown as U+FFFD.</param>
public sealed record RejectView(
    string Position, string ReceivedAt, string? Customer, string? MessageId, string Reason, string Place, string Raw)
{
    internal static RejectView From(KeptReject kept) => new(
        $"{kept.Sequence}",
        kept.Item.ReceivedAt.ToString(),
        kept.Item.Customer,
        kept.Item.MessageId,
        kept.Item.Reason,
        kept.Item.Place,
        Encoding.UTF8.GetString(kept.Item.Raw));
}
