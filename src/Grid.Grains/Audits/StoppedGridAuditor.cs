using Grid.Grains.Clocks;
using Grid.Grains.Log;
using Grid.Grains.Populations;
using Grid.Grains.Rules;
using Grid.Grains.Segments;
using Grid.Ledger;
using Grid.Model;
using Grid.Model.Time;

namespace Grid.Grains.Audits;

/// <summary>The states that the grains of a grid have stored in its ledger.</summary>
/// <param name="SegmentOf">The stored counts of a scheme; null when there are none.</param>
public sealed record StoredGrid(RulebookState Rulebooks, BaselineState Baseline, Func<string, CancellationToken, Task<SegmentState?>> SegmentOf);

/// <summary>
/// Audits the ledger of a grid that does not run. It only reads: no publication is finished and no customer woken. Layers are judged at the
/// last instant that the ledger has recorded, because nobody has decided anything since.
/// </summary>
public sealed class StoppedGridAuditor(ILedger ledger, StoredGrid stored, Currency currency)
{
    /// <returns>Null when the ledger has no rulebook, and so no customers.</returns>
    public async Task<AuditReport?> Audit(CancellationToken cancellation)
    {
        if (stored.Rulebooks.History.Count == 0) return null;
        var asOf = await LastInstant.Of(ledger, stored.Rulebooks, stored.Baseline, cancellation);
        var rules = new CurrentRules();
        rules.Publish(RulesAt(asOf));
        using var population = new PopulationScan(ledger, rules, new GridClock(new SimulatedClock(asOf.ToDateTimeOffset())));
        return await new AuditPass(population, CountsAt).Run(cancellation);
    }

    /// <summary>The rules in force. A rulebook that a cut-off publication has only stored is not in force.</summary>
    private Model.Evaluation.Rules RulesAt(Instant asOf)
    {
        var history = new RulebookHistory(stored.Rulebooks, currency);

        // Builds before the one that stored the rules in force had only the latest rulebook.
        var number = stored.Baseline.Rulebook == 0 ? history.Latest!.Number : stored.Baseline.Rulebook;
        var published = history.Of(number);
        if (number == history.Latest!.Number) published = history.AddReading(asOf) ?? published;
        var inForce = new RulesInForce(stored.Baseline.Epoch, number, stored.Baseline.Number, stored.Baseline.AsOf, stored.Baseline.Cuts);
        var layouts = history.All.ToDictionary(each => each.Number, each => each.Layout);
        return new Model.Evaluation.Rules(published.ToRulebook(currency), inForce.ToBaseline(), layouts) { Epoch = inForce.Epoch };
    }

    /// <summary>The stored counts, and the transitions of the log after them, as the segment's grain would count them at its next start.</summary>
    private async Task<IReadOnlyDictionary<string, long>> CountsAt(string scheme, LogPosition position, CancellationToken cancellation)
    {
        var state = await Usable(scheme, position, cancellation) ?? new SegmentState();
        var counted = LogPosition.Parse(state.Position);
        for (var at = counted; !at.Covers(position);)
        {
            var page = await ledger.Tail(at, GridLimits.LogPageMax, cancellation);
            if (page.Next.Equals(at)) break;
            foreach (var item in page.Items)
                if (item.Transition.Scheme == scheme && item.Sequence <= position[item.Lane])
                    state.Fold(item.Transition);
            at = page.Next;
        }

        return state.Counts;
    }

    /// <summary>The stored counts of a scheme; null when they cannot be read, or belong to another log.</summary>
    private async Task<SegmentState?> Usable(string scheme, LogPosition position, CancellationToken cancellation) =>
        await stored.SegmentOf(scheme, cancellation) is { IsUnreadable: false } state
        && LogPosition.TryParse(state.Position, out var counted)
        && position.Covers(counted)
        && await LogFingerprint.IsAt(ledger, counted, state.Mark, cancellation)
            ? state
            : null;
}
