using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text;
using Grid.Grains;
using Grid.Grains.Calls;
using Grid.Grains.Customers;
using Grid.Ingest.Calls;
using Grid.Ledger;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Rejections;

namespace Grid.Ingest.Recording;

/// <summary>Delivers facts to their customers and stores the rejects. When it returns, both are durable.</summary>
internal sealed class FactDelivery(IGrainFactory grains, GrainCalls calls, ILedger ledger, IngestGate gate)
{
    /// <summary>Delivers the facts and sets the outcomes of the items. <paramref name="body"/> is the body of the items.</summary>
    /// <remarks>When it throws, some facts may be durable: the sender sends all of them again, and the durable ones are duplicates.</remarks>
    public async Task Send(CallBatch batch, ReadOnlyMemory<byte> body)
    {
        var groups = CustomerGroup.From(CollectionsMarshal.AsSpan(batch.Items));

        // Waits for all calls, even when one fails: every started call must have ended before the gate's room is returned.
        var replies = await calls.CallAll(groups, Record);
        ExceptionDispatchInfo? failure = null;
        for (var index = 0; index < groups.Length; index++)
        {
            try
            {
                Settle(batch, groups[index], (await replies[index]).Outcomes);
            }
            catch (Exception exception) when (CallFailures.DamageOf(exception) is not null)
            {
                Refuse(batch, groups[index]);
            }
            catch (Exception exception)
            {
                failure ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        failure?.Throw();
        if (Rejects(batch, body) is { Count: > 0 } rejects) await ledger.Reject(rejects);
        Count(batch);
    }

    private ValueTask<RecordReply> Record(CustomerGroup group) =>
        grains.Customer(new CustomerId(group.Customer)).Record(new FactBatch(group.Facts));

    private static void Settle(CallBatch batch, CustomerGroup group, IReadOnlyList<FactOutcome> outcomes)
    {
        if (outcomes.Count != group.Items.Length)
            throw new InvalidOperationException($"A customer answered {outcomes.Count} outcomes for {group.Items.Length} facts.");
        var items = CollectionsMarshal.AsSpan(batch.Items);
        for (var index = 0; index < outcomes.Count; index++)
        {
            var item = group.Items[index];
            if (item < 0)
            {
                if (outcomes[index] is { Kind: OutcomeKind.Rejected, Reason: var refused })
                {
                    var reason = Reasons.InField.With("context.traits", Reasons.LeftOut.With(refused!));
                    batch.Notes.Add(new CallNote(~item, reason, $"{FieldPaths.OfCall(~item)}.context.traits"));
                }

                continue;
            }

            items[item].Outcome = outcomes[index];

            // The fact was accepted in the place of another one, which its sender was told is accepted.
            if (outcomes[index] is { Kind: OutcomeKind.Accepted, Reason: { } replaced })
                batch.Notes.Add(new CallNote(item, replaced, items[item].Place ?? FieldPaths.OfCall(item)));
        }
    }

    /// <summary>
    /// Rejects the items of a customer with a damaged row. The ledger stores these rejects, and the other items of the batch are accepted.
    /// </summary>
    private static void Refuse(CallBatch batch, CustomerGroup group)
    {
        var damaged = FactOutcome.Rejected(Reasons.RowDamaged);
        var items = CollectionsMarshal.AsSpan(batch.Items);
        foreach (var index in group.Items)
            items[index < 0 ? ~index : index].Outcome = damaged;
    }

    private static List<Reject>? Rejects(CallBatch batch, ReadOnlyMemory<byte> body)
    {
        List<Reject>? rejects = null;
        var hasAccepted = false;
        var items = CollectionsMarshal.AsSpan(batch.Items);
        for (var index = 0; index < items.Length; index++)
        {
            ref readonly var item = ref items[index];
            hasAccepted |= item.Outcome.Kind == OutcomeKind.Accepted;
            if (item.Outcome.Kind == OutcomeKind.Rejected)
                (rejects ??= []).Add(RejectOf(batch, item, item.Outcome.Reason!, item.Place ?? FieldPaths.OfCall(index), body.Span));
        }

        // The parts left out of a duplicate were stored with its first delivery.
        foreach (var note in batch.Notes)
        {
            if (note.Item == CallNote.WholeBody)
            {
                if (hasAccepted) (rejects ??= []).Add(new Reject(batch.ReceivedAt, null, null, $"{note.Reason}", note.Place, Raw(body.Span)));
            }
            else if (items[note.Item].Outcome.Kind == OutcomeKind.Accepted)
            {
                (rejects ??= []).Add(RejectOf(batch, items[note.Item], note.Reason, note.Place, body.Span));
            }
        }

        return rejects;
    }

    private static Reject RejectOf(CallBatch batch, in CallItem item, Reason reason, string place, ReadOnlySpan<byte> body) => new(
        batch.ReceivedAt,
        item.Customer,
        MessageId(item, body),
        reason.ToString(),
        place,
        Raw(body.Slice(item.Start, item.Length)));

    private static byte[] Raw(ReadOnlySpan<byte> sent) => sent[..Math.Min(sent.Length, IngestLimits.RejectBytesMax)].ToArray();

    /// <summary>The messageId as sent, shortened to the limit of a reject.</summary>
    public static string? MessageId(in CallItem item, ReadOnlySpan<byte> body)
    {
        if (!item.MessageId.Present || item.MessageId.Length > IngestLimits.RejectBytesMax) return null;
        if (item.MessageId.Type == System.Text.Json.JsonTokenType.String)
            return JsonNames.TryUnescape(body, item.MessageId, out var text) ? Encoding.UTF8.GetString(text) : null;
        return Encoding.UTF8.GetString(body.Slice(item.MessageId.Start, item.MessageId.Length));
    }

    private void Count(CallBatch batch)
    {
        int accepted = 0, duplicates = 0, rejected = 0;
        foreach (ref readonly var item in CollectionsMarshal.AsSpan(batch.Items))
        {
            accepted += item.Outcome.Kind == OutcomeKind.Accepted ? 1 : 0;
            duplicates += item.Outcome.Kind == OutcomeKind.Duplicate ? 1 : 0;
            rejected += item.Outcome.Kind == OutcomeKind.Rejected ? 1 : 0;
        }

        gate.Count(OutcomeKind.Accepted, accepted);
        gate.Count(OutcomeKind.Duplicate, duplicates);
        gate.Count(OutcomeKind.Rejected, rejected);
    }
}
