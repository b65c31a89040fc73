namespace Grid.Delivery.WeCom;

public sealed partial class TagMirror
{
    /// <summary>
    /// Compares the tags of customers with their layers and sends the differences, after reading the corp's tags again. It waits for no back-off: it returns
    /// what it did not reach as pending.
    /// </summary>
    /// <exception cref="InvalidOperationException">The tags of no scheme were ensured.</exception>
    public async Task<ResyncReport> ResyncAsync(IReadOnlyList<WantedLayers> customers, CancellationToken cancellation)
    {
        var catalogue = await _catalogue.EnsureAsync(readAgain: true, cancellation);
        var outcomes = new MirrorOutcome?[customers.Count];
        if (catalogue is CatalogueReady or QuotaReached)
        {
            var deferred = false;
            await Parallel.ForAsync(
                0,
                customers.Count,
                new ParallelOptions { MaxDegreeOfParallelism = _options.ConcurrentCalls, CancellationToken = cancellation },
                async (index, ending) =>
                {
                    if (Volatile.Read(ref deferred)) return;
                    outcomes[index] = await MirrorAsync(customers[index].Customer, customers[index].Layers, ending);
                    if (outcomes[index] is MirrorDeferred) Volatile.Write(ref deferred, true);
                });
        }
        else
        {
            Array.Fill(outcomes, OutcomeOf(catalogue));
        }

        return ReportOf(customers, outcomes, catalogue);
    }

    private static ResyncReport ReportOf(IReadOnlyList<WantedLayers> customers, MirrorOutcome?[] outcomes, CatalogueOutcome catalogue)
    {
        var refusals = outcomes.Index().Where(one => one.Item is MirrorRefused).ToList();
        var changes = outcomes.OfType<Mirrored>().ToList();
        var deferrals = outcomes.OfType<MirrorDeferred>().ToList();
        var last = deferrals.MaxBy(deferral => deferral.Until.Milliseconds);
        return new ResyncReport
        {
            Catalogue = catalogue,
            Unchanged = changes.Count(change => change is { Added: 0, Removed: 0 }),
            Changed = changes.Count(change => change is not { Added: 0, Removed: 0 }),
            TagsAdded = changes.Sum(change => change.Added),
            TagsRemoved = changes.Sum(change => change.Removed),
            NotLinked = outcomes.OfType<NotLinked>().CountBy(one => one.Reason).ToDictionary(),
            Refused = refusals.Count,
            Refusals =
            [
                .. refusals.Take(WeComLimits.ResyncRefusalsMax).Select(one => (one.Index, Refusal: (MirrorRefused)one.Item!))
                    .Select(one => new ResyncRefusal(customers[one.Index].Customer.Id, one.Refusal.Code, one.Refusal.Message)),
            ],
            Pending = [.. outcomes.Index().Where(one => one.Item is null or MirrorDeferred).Select(one => customers[one.Index])],
            ResumeAt = last?.Until,
            PendingReason = last?.Reason,
        };
    }
}
