using Grid.Grains.Populations;
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
    public async Task<bool> Resume()
    {
        if (stored.State.History is not [.., var latest]) return false;

        // Another version of the grid may read the same files otherwise, with other measures. Then its reading is a rulebook of its own,
        // to which everybody moves; what was stored keeps its meaning.
        if (!RulebookLayout.Of(Compiled(latest)).IsLike(latest.Layout))
            latest = await Add(latest with { Number = latest.Number + 1, PublishedAt = clock.Now.Milliseconds, Note = "as this version reads it" });
        var rulebook = Compiled(latest);
        var layouts = Layouts();
        index.Use([.. rulebook.Measures.Select(measure => measure.Id)], layouts.Values);
        rules.Publish(rulebook, layouts, Baseline.None);
        return true;
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
            latest = await Add(new PublishedRulebook(number, at, publication.Files, new RulebookLayout(number, []))
            {
                Author = publication.Author,
                Note = publication.Note,
                Origin = publication.Origin,
            });
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

    private async Task<PublishedRulebook> Add(PublishedRulebook published)
    {
        published = published with { Layout = RulebookLayout.Of(Compiled(published)) };
        stored.State.History.Add(published);
        await stored.WriteStateAsync();
        return published;
    }

    private Dictionary<int, RulebookLayout> Layouts() => stored.State.History.ToDictionary(published => published.Number, published => published.Layout);
}
