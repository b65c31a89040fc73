using Grid.Grains.Rulebooks;
using Grid.Model.Baselines;

namespace Grid.Grains.Populations;

/// <summary>
/// Reads what the whole population says to measures that the index of this process does not know of everybody: one pass over all
/// customers, when there are such measures.
/// </summary>
public sealed class MeasureReader(PopulationPass pass, CustomerIndex index, CurrentRules rules) : IDisposable
{
    // One reading at a time: whoever comes second finds what the first has read.
    private readonly SemaphoreSlim _reading = new(1, 1);

    /// <param name="measures">Those that are known already cost nothing.</param>
    public async Task Read(IReadOnlyList<Measure> measures, CancellationToken cancellation)
    {
        await _reading.WaitAsync(cancellation);
        try
        {
            List<Measure> unknown = [.. measures.Where(measure => !index.Knows(measure.Id))];
            if (unknown.Count == 0) return;

            // From here on commits bring their own values, which are newer than those of the pass.
            foreach (var measure in unknown) index.BeginReading(measure.Id);

            // Without any rules nobody can say what layers the rows hold; they are read when there are some.
            if (index.Customers > 0 && !rules.IsPublished) return;
            if (index.Customers > 0) await Pass(unknown, cancellation);
            foreach (var measure in unknown) index.EndReading(measure.Id);
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private async Task Pass(List<Measure> measures, CancellationToken cancellation)
    {
        var read = await pass.Run(start => new MeasureValues(start, measures), null, cancellation);
        for (var position = 0; position < measures.Count; position++)
            foreach (var visitor in read.Visitors)
                index.Take(measures[position].Id, visitor[position]);
    }
}
