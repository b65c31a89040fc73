using Grid.Grains.Calendars;
using Grid.Model;
using Grid.Model.Baselines;
using Grid.Model.Evaluation;
using Grid.Model.Schemes;
using Grid.Model.Time;
using Orleans;
using Orleans.Runtime;

namespace Grid.Grains.Rulebooks;

[KeepAlive]
public sealed class RulebookGrain(
    [PersistentState("rulebook")] IPersistentState<RulebookState> stored,
    CurrentRules rules,
    CustomerIndex index,
    GridClock clock,
    Currency currency)
    : Grain, IRulebookGrain
{
    public Task<bool> Resume()
    {
        if (stored.State.History is not [.., var latest]) return Task.FromResult(false);
        var rulebook = Compiled(latest);
        var layouts = Layouts();
        index.Use([.. rulebook.Measures.Select(measure => measure.Id)], layouts.Values);
        rules.Publish(rulebook, layouts, Baseline.None);
        return Task.FromResult(true);
    }

    public async Task<PublishedRulebook> Publish(Publication publication)
    {
        var history = stored.State.History;
        var latest = history.LastOrDefault();

        // The latest may be stored and not in force yet: a publication that was cut short is taken up where it stopped.
        if (latest is null || !latest.Files.SequenceEqual(publication.Files))
        {
            var at = clock.Now.Milliseconds;
            var number = (latest?.Number ?? 0) + 1;
            latest = new PublishedRulebook(number, at, publication.Files, new RulebookLayout(number, []))
            {
                Author = publication.Author,
                Note = publication.Note,
                Origin = publication.Origin,
            };
            latest = latest with { Layout = RulebookLayout.Of(Compiled(latest)) };
            history.Add(latest);
            await stored.WriteStateAsync();
        }

        rules.Propose(Compiled(latest), Layouts());
        await GrainFactory.Baseline().Enforce(new Instant(latest.PublishedAt));
        return latest;
    }

    public Task<IReadOnlyList<PublishedRulebook>> History() => Task.FromResult<IReadOnlyList<PublishedRulebook>>([.. stored.State.History]);

    private Rulebook Compiled(PublishedRulebook published)
    {
        var compiled = RulebookFiles.Compile(published.Files, currency);
        var content = compiled.Content
            ?? throw new InvalidDataException($"Rulebook #{published.Number} cannot be read: {string.Join("; ", compiled.Faults)}");
        return new Rulebook(published.Number, new Instant(published.PublishedAt), content);
    }

    /// <summary>Of all rulebooks, also of those stored by a version that did not note the measures of each.</summary>
    private Dictionary<int, RulebookLayout> Layouts() => stored.State.History.ToDictionary(
        published => published.Number,
        published => published.Layout.Measures.Count > 0 ? published.Layout : RulebookLayout.Of(Compiled(published)));
}
