using Grid.Model;
using Grid.Model.Evaluation;
using Grid.Model.Time;
using Orleans;
using Orleans.Runtime;

namespace Grid.Grains.Rulebooks;

[KeepAlive]
public sealed class RulebookGrain(
    [PersistentState("rulebook")] IPersistentState<RulebookState> stored, GridClock clock, Currency currency) : Grain, IRulebookGrain
{
    public async Task<PublishedRulebook?> Resume()
    {
        if (stored.State.History is not [.., var latest]) return null;

        // Everybody moves to this version's reading; what was stored keeps its meaning.
        return RulebookLayout.Of(latest.ToRulebook(currency)).IsLike(latest.Layout)
            ? latest
            : await Add(latest with { Number = latest.Number + 1, PublishedAt = clock.Now.Milliseconds, Note = "as this version reads it" });
    }

    public async Task<PublishedRulebook> Publish(Publication publication)
    {
        var latest = stored.State.History.LastOrDefault();

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

        await GrainFactory.Baseline().Enforce(latest.Number, new Instant(latest.PublishedAt));
        return latest;
    }

    public Task<IReadOnlyList<PublishedRulebook>> History() => Task.FromResult<IReadOnlyList<PublishedRulebook>>([.. stored.State.History]);

    private async Task<PublishedRulebook> Add(PublishedRulebook published)
    {
        published = published with { Layout = RulebookLayout.Of(published.ToRulebook(currency)) };
        stored.State.History.Add(published);
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            // Whether it was written is not known: the next activation reads what is.
            DeactivateOnIdle();
            throw;
        }

        return published;
    }
}
