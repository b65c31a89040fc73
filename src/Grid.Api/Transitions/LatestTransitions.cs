using Grid.Ledger;
using Grid.Model.Time;

namespace Grid.Api.Transitions;

/// <summary>Finds the latest transitions by stepping back from the end of the log, further each time, up to a bound.</summary>
internal sealed class LatestTransitions(ILedger ledger)
{
    private const int FirstStep = 128;
    private const int StepGrowth = 16;

    /// <summary>The latest matching transitions, in the order of the log; later ones follow after the position.</summary>
    public async ValueTask<(List<TransitionView> Items, LogPosition Position)> Read(
        TransitionFilter filter, CancellationToken cancellation)
    {
        var (items, _, position) = await Since(filter, cancellation);
        return (items, position);
    }

    /// <summary>As <see cref="Read"/>, with the instant from which the log was searched; null when all of it was.</summary>
    public async ValueTask<(List<TransitionView> Items, Instant? Since, LogPosition Position)> Since(
        TransitionFilter filter, CancellationToken cancellation)
    {
        var head = ledger.Head;
        for (var step = FirstStep; ; step = Math.Min(step * StepGrowth, ApiLimits.LookBackMax))
        {
            var from = Back(head, step);
            var (items, since, position) = await Between(from, head, filter, cancellation);
            if (items.Count < ApiLimits.LatestMax && step < ApiLimits.LookBackMax && !LogPosition.Start.Covers(from)) continue;
            return (Newest(items, head.Lanes), LogPosition.Start.Covers(from) ? null : since, position);
        }
    }

    private async ValueTask<(List<TransitionView> Items, Instant? Since, LogPosition Position)> Between(
        LogPosition from, LogPosition head, TransitionFilter filter, CancellationToken cancellation)
    {
        var items = new List<TransitionView>();
        var position = from;
        Instant? since = null;
        var lanes = new HashSet<int>();
        while (!position.Covers(head))
        {
            var page = await ledger.Tail(position, ApiLimits.ScanMax, cancellation);
            if (page.Next.Equals(position)) break;

            // Of several lanes, the instant of the one that was searched least far back.
            foreach (var item in page.Items.DistinctBy(item => item.Lane))
                if (lanes.Add(item.Lane) && (since is null || item.Transition.RecordedAt > since))
                    since = item.Transition.RecordedAt;
            position = filter.Collect(page, position, items);
            items = Newest(items, head.Lanes);
        }

        return (items, since, position);
    }

    /// <summary>The last transitions: of one lane by its order; of several lanes, which are read one after the other, by recorded time.</summary>
    private static List<TransitionView> Newest(List<TransitionView> items, int lanes)
    {
        if (items.Count <= ApiLimits.LatestMax) return items;
        if (lanes == 1) return items[^ApiLimits.LatestMax..];
        return
        [
            .. items.Index()
                .OrderByDescending(read => read.Item.RecordedAt, StringComparer.Ordinal).ThenByDescending(read => read.Index)
                .Take(ApiLimits.LatestMax)
                .OrderBy(read => read.Index)
                .Select(read => read.Item),
        ];
    }

    private static LogPosition Back(LogPosition head, int step)
    {
        var from = head;
        for (var lane = 0; lane < head.Lanes; lane++) from = from.With(lane, Math.Max(0, head[lane] - step));
        return from;
    }
}
