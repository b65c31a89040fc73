using Grid.Grains.Calendars;
using Grid.Grains.Populations;
using Grid.Model;
using Grid.Model.Baselines;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Definitions;
using Orleans;

namespace Grid.Grains.Rulebooks;

/// <param name="Number">The rulebook in force; unchanged when there are faults.</param>
/// <param name="IsNew">Whether it was published by this call; false for the files that are in force already.</param>
public sealed record PublishReply(int Number, bool IsNew, IReadOnlyList<Fault> Faults, IReadOnlyList<Fault> Warnings);

/// <summary>
/// Publishes rulebooks one at a time, while events go on: what the population says to new measures is read first, then rulebook and
/// baseline are replaced as one, and the sweep moves whoever has no turn of its own. Costs one pass over the population when there are
/// new measures, some milliseconds otherwise.
/// </summary>
public sealed class RulebookPublisher(
    IGrainFactory grains,
    CurrentRules rules,
    CustomerIndex index,
    PopulationPass pass,
    RulebookSweep sweep,
    Calendar calendar,
    GridClock clock,
    Currency currency,
    InteractionKinds? kinds = null)
    : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    public async Task<PublishReply> Publish(Publication publication, CancellationToken cancellation)
    {
        var compiled = RulebookFiles.Compile(publication.Files, currency, kinds);
        if (compiled.Content is not { } content)
            return new PublishReply(rules.IsPublished ? rules.Value.Rulebook.Number : 0, false, compiled.Faults, compiled.Warnings);

        await _turn.WaitAsync(cancellation);
        try
        {
            var before = rules.IsPublished ? rules.Value.Rulebook.Number : 0;
            await Read([.. new Rulebook(before, default, content).Measures.Where(measure => !index.Keeps(measure.Id))], cancellation);

            // What was due so far is decided by the rules that held until now.
            if (rules.IsPublished) await calendar.Drain(clock.Now, cancellation);
            var published = await grains.Rulebook().Publish(publication);
            sweep.Begin();
            return new PublishReply(published.Number, published.Number != before, [], compiled.Warnings);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Reads the population for measures that it does not project yet, or not everybody.</summary>
    public async Task Read(IReadOnlyList<Measure> measures, CancellationToken cancellation)
    {
        if (measures.Count == 0 || index.Customers == 0 || !rules.IsPublished) return;
        var read = await pass.Run(start => new MeasureValues(start, measures), null, cancellation);
        for (var position = 0; position < measures.Count; position++)
            foreach (var visitor in read.Visitors)
                index.Prepare(measures[position].Id, visitor[position]);
    }

    public void Dispose() => _turn.Dispose();
}
