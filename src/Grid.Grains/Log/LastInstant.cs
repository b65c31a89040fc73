using Grid.Grains.Rules;
using Grid.Ledger;
using Grid.Model.Time;

namespace Grid.Grains.Log;

/// <summary>The last instants that a ledger has recorded; <see cref="Instant.Beginning"/> for an empty ledger.</summary>
public static class LastInstant
{
    /// <summary>Of its rulebooks, its baseline and its last transitions.</summary>
    public static async Task<Instant> Of(ILedger ledger, RulebookState rulebooks, BaselineState baseline, CancellationToken cancellation) =>
        Instant.Max(OfRules(rulebooks, baseline), await OfTransitions(ledger, cancellation));

    public static Instant OfRules(RulebookState rulebooks, BaselineState baseline)
    {
        var last = baseline.Number > 0 ? new Instant(baseline.AsOf) : Instant.Beginning;
        foreach (var published in rulebooks.History) last = Instant.Max(last, new Instant(published.PublishedAt));
        foreach (var cutoffs in baseline.Cuts) last = Instant.Max(last, cutoffs.AsOf);
        return last;
    }

    /// <summary>Of the last transition of each lane.</summary>
    public static async Task<Instant> OfTransitions(ILedger ledger, CancellationToken cancellation)
    {
        var head = ledger.Head;
        var before = head;
        for (var lane = 0; lane < head.Lanes; lane++) before = before.With(lane, Math.Max(0, head[lane] - 1));
        var page = await ledger.Tail(before, Math.Max(1, head.Lanes), cancellation);
        return page.Items.Aggregate(Instant.Beginning, (last, item) => Instant.Max(last, item.Transition.RecordedAt));
    }
}
