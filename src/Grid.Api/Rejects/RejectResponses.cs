using System.Text;
using Grid.Ledger;
using Grid.Model.Languages;
using Grid.Model.Rejections;

namespace Grid.Api.Rejects;

/// <param name="Position">Pass it as <c>after</c> to continue.</param>
public sealed record RejectsResponse(string Position, IReadOnlyList<RejectView> Items);

/// <summary>A rejected item.</summary>
/// <param name="Reason">In the language of the request; that of an earlier or later build may be English.</param>
/// <param name="Place">The item's place in its request.</param>
/// <param name="Raw">The raw item, shortened to a limit; bytes that are not UTF-8 are shown as U+FFFD.</param>
public sealed record RejectView(
    string Position, string ReceivedAt, string? Customer, string? MessageId, string Reason, string Place, string Raw)
{
    internal static RejectView From(KeptReject kept, Language language) => new(
        $"{kept.Sequence}",
        kept.Item.ReceivedAt.ToString(),
        kept.Item.Customer,
        kept.Item.MessageId,
        ReasonCatalogue.Parse(kept.Item.Reason).In(language),
        kept.Item.Place,
        Encoding.UTF8.GetString(kept.Item.Raw));
}
