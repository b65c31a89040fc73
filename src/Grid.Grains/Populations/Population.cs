using Grid.Grains.Partitions;
using Grid.Grains.Rules;
using Grid.Ledger;
using Grid.Model.Time;

namespace Grid.Grains.Populations;

/// <summary>The status of the whole population.</summary>
/// <param name="Filled">Partitions that know all their customers, of <paramref name="Partitions"/>.</param>
/// <param name="Customers">The customers known; all customers when all partitions are filled.</param>
/// <param name="ByRulebook">Customers per rulebook.</param>
public sealed record PopulationStatus(
    int Partitions, int Filled, int Customers, IReadOnlyDictionary<int, int> ByRulebook, Instant NextDue)
{
    public bool IsComplete => Filled == Partitions;

    /// <summary>Customers under a rulebook.</summary>
    public int Under(int rulebook) => ByRulebook.GetValueOrDefault(rulebook);
}

/// <summary>Calls all partitions in parallel, on any silo, and merges their answers.</summary>
public sealed class Population(IGrainFactory grains, TimeProvider machine)
{
    private static readonly int[] Numbers = [.. Enumerable.Range(0, PartitionOf.Count)];

    public async Task<PopulationStatus> Status()
    {
        var parts = await All(partition => partition.Status());
        var byRulebook = new Dictionary<int, int>();
        foreach (var (rulebook, customers) in parts.SelectMany(part => part.ByRulebook))
            byRulebook[rulebook] = byRulebook.GetValueOrDefault(rulebook) + customers;
        return new PopulationStatus(
            parts.Length, parts.Count(part => part.IsFilled), parts.Sum(part => part.Customers), byRulebook, new Instant(parts.Min(part => part.NextDue)));
    }

    /// <summary>Customers per layer of a scheme, for each rulebook that customers are under.</summary>
    public async Task<IReadOnlyList<RulebookCounts>> Counts(string scheme)
    {
        var parts = await All(partition => partition.Counts(scheme));
        return
        [
            .. parts.SelectMany(part => part).GroupBy(counts => counts.Rulebook).Select(group => new RulebookCounts(
                group.Key,
                group.Sum(counts => counts.Customers),
                [
                    .. group.First().Layers.Select((layer, rank) => new LayerTotal(layer.Layer, group.Sum(counts => counts.Layers[rank].Count))),
                ])),
        ];
    }

    /// <summary>Brings the values of the measures in force to an instant, in all partitions.</summary>
    /// <returns>The mark of each measure's values: it stays the same as long as no value has changed in any partition.</returns>
    public async Task<IReadOnlyDictionary<string, string>> Prepare(Instant asOf, CancellationToken cancellation)
    {
        var parts = new IReadOnlyList<MeasureMark>[Numbers.Length];
        await Task.WhenAll(Numbers.Select(number => Until(
            async () =>
            {
                if (await grains.Partition(number).Prepare(asOf) is not { } part) return false;
                parts[number] = part;
                return true;
            },
            cancellation)));
        return parts.SelectMany(part => part).GroupBy(one => one.Measure, one => one.Mark).ToDictionary(marks => marks.Key, Joined);
    }

    /// <summary>
    /// The values of measures over their populations: for each request all values, their mark, and on request the customers of the values.
    /// </summary>
    public async Task<IReadOnlyList<(long[] Values, string[] Customers, string Mark)>> Values(IReadOnlyList<MeasureRequest> requests)
    {
        if (requests.Count == 0) return [];
        var parts = await All(partition => partition.Values(requests));
        return
        [
            .. Enumerable.Range(0, requests.Count).Select(index => (
                parts.SelectMany(part => part[index].Values).ToArray(),
                parts.SelectMany(part => part[index].Customers).ToArray(),
                Joined(parts.Select(part => part[index].Mark)))),
        ];
    }

    /// <summary>Returns when all partitions have applied the commits up to a position.</summary>
    public Task Reach(CommitPosition position, CancellationToken cancellation)
    {
        var text = position.ToString();
        return Until(() => grains.LogReader().ReachPartitions(text), cancellation);
    }

    /// <summary>Returns when all partitions know the values of a rulebook's measures for every customer.</summary>
    /// <param name="files">Of the rulebook; empty: the one in force.</param>
    public Task Learn(IReadOnlyList<SchemeSource> files, CancellationToken cancellation) =>
        EachUntil(partition => partition.Learn(files), Numbers, cancellation);

    /// <summary>Returns when every customer has been evaluated whom two sets of cut-offs decide differently.</summary>
    public Task Move(CutoffChange change, CancellationToken cancellation) =>
        EachUntil(partition => partition.Move(change), Numbers, cancellation);

    /// <summary>Wakes every customer who is due by an instant, earliest first within each partition; returns when all have been woken.</summary>
    public Task AdvanceTo(Instant until, CancellationToken cancellation) =>
        EachUntil(partition => partition.AdvanceTo(until), Numbers, cancellation);

    /// <summary>As the overload without numbers, for some partitions: the others have no customer who is due.</summary>
    public Task AdvanceTo(Instant until, IReadOnlyList<int> partitions, CancellationToken cancellation) =>
        EachUntil(partition => partition.AdvanceTo(until), partitions, cancellation);

    /// <param name="marks">The marks in the order of the partitions.</param>
    private static string Joined(IEnumerable<string> marks) => string.Join(' ', marks);

    private Task<T[]> All<T>(Func<IPartitionGrain, Task<T>> ask) => Task.WhenAll(Numbers.Select(number => ask(grains.Partition(number))));

    private Task EachUntil(Func<IPartitionGrain, Task<bool>> ask, IReadOnlyList<int> partitions, CancellationToken cancellation) =>
        Task.WhenAll(partitions.Select(number => Until(() => ask(grains.Partition(number)), cancellation)));

    /// <summary>
    /// Calls again until the answer is yes. When a silo dies before it answers, the next call goes to the silo that activates the grain anew.
    /// </summary>
    private async Task Until(Func<Task<bool>> ask, CancellationToken cancellation)
    {
        var failures = 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                if (await ask().WaitAsync(cancellation)) return;
                failures = 0;
                continue;
            }
            catch (Exception exception) when (exception is OrleansException or TimeoutException && failures++ < GridLimits.AskAttemptsMax)
            {
                // The loop calls again.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(GridLimits.AskRetryMilliseconds), machine, cancellation);
        }
    }
}
