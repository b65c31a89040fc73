using Grid.Ledger;
using Grid.Model.Transitions;

namespace Grid.Server.Replay;

/// <summary>
/// Writes all transitions of a ledger as CSV. The log has them in the order of their commits, which differs from run to run where customers are
/// evaluated in parallel; the file has them by instant, customer and scheme, so that two replays of the same events give the same bytes.
/// </summary>
internal sealed class LogFile(ILedger ledger)
{
    private const int PageMax = 10_000;

    public async Task Write(string file, CancellationToken cancellation)
    {
        await using var csv = new CsvFile(file);
        csv.Write(["effective_at", "customer_id", "scheme", "from", "to", "direction", "cause"]);

        // The order is stable: transitions of one customer at one instant stay in the order of its log.
        foreach (var moved in (await All(cancellation)).OrderBy(each => each.EffectiveAt).ThenBy(each => each.Customer.Value, StringComparer.Ordinal)
            .ThenBy(each => each.Scheme, StringComparer.Ordinal))
        {
            csv.Write(
                [
                    moved.EffectiveAt.ToString(), moved.Customer.Value, moved.Scheme, moved.From ?? string.Empty, moved.To ?? string.Empty,
                    moved.Direction.ToString().ToLowerInvariant(), moved.Cause.ToString(),
                ]);
        }
    }

    private async Task<List<Transition>> All(CancellationToken cancellation)
    {
        var all = new List<Transition>();
        for (var position = LogPosition.Start; ;)
        {
            var page = await ledger.Tail(position, PageMax, cancellation);
            if (page.Items.Count == 0) return all;
            all.AddRange(page.Items.Select(item => item.Transition));
            position = page.Next;
        }
    }
}
