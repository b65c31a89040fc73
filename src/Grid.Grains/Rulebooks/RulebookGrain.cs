using Grid.Model;
using Grid.Model.Evaluation;
using Grid.Model.Time;
using Microsoft.Extensions.Logging;

namespace Grid.Grains.Rulebooks;

[KeepAlive]
public sealed partial class RulebookGrain(
    [PersistentState("rulebook")] IPersistentState<RulebookState> stored,
    GridClock clock,
    Currency currency,
    ILogger<RulebookGrain> logger)
    : Grain, IRulebookGrain
{
    public async Task<PublishedRulebook?> Resume()
    {
        if (stored.State.History is not [.., var latest]) return null;

        var rulebook = latest.ToRulebook(currency, out var tolerated);
        if (tolerated.Count > 0) StaysInForce(logger, latest.Number, string.Join("; ", tolerated));

        // Everybody moves to this version's reading; what was stored keeps its meaning.
        return RulebookLayout.Of(rulebook).IsLike(latest.Layout)
            ? latest
            : await Add(latest with { Number = latest.Number + 1, PublishedAt = clock.Now.Milliseconds, Note = "as this version reads it" });
    }

    public async Task<PublishedRulebook> Publish(Publication publication)
    {
        var published = Answered(publication) ?? await Take(publication);

        // The latest may be stored and not in force yet: a publication that was cut short is taken up where it stopped.
        if (published.Number == stored.State.History[^1].Number)
            await GrainFactory.Baseline().Enforce(published.Number, new Instant(published.PublishedAt));
        return published;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Rulebook #{Number} stays in force, though this version would refuse to publish it; mend it with the next publication: {Faults}")]
    private static partial void StaysInForce(ILogger logger, int number, string faults);

    public Task<IReadOnlyList<PublishedRulebook>> History() => Task.FromResult<IReadOnlyList<PublishedRulebook>>([.. stored.State.History]);

    /// <summary>What the same publication became when it came before; null when it did not.</summary>
    private PublishedRulebook? Answered(Publication publication)
    {
        var answered = publication.Identity is null ? null : stored.State.Answered.Find(answered => answered.Identity == publication.Identity);
        return answered is null ? null : stored.State.History.Find(published => published.Number == answered.Number);
    }

    private async Task<PublishedRulebook> Take(Publication publication)
    {
        if (stored.State.History is [.., var latest] && latest.Files.SequenceEqual(publication.Files))
        {
            if (Remember(publication, latest.Number)) await Write();
            return latest;
        }

        var number = stored.State.History.Count == 0 ? 1 : stored.State.History[^1].Number + 1;
        var published = new PublishedRulebook(number, clock.Now.Milliseconds, publication.Files, new RulebookLayout(number, []))
        {
            Author = publication.Author,
            Note = publication.Note,
            Origin = publication.Origin,
        };
        return await Add(published, publication);
    }

    private async Task<PublishedRulebook> Add(PublishedRulebook published, Publication? publication = null)
    {
        published = published with { Layout = RulebookLayout.Of(published.ToRulebook(currency)) };
        stored.State.History.Add(published);
        if (publication is not null) Remember(publication, published.Number);
        await Write();
        return published;
    }

    /// <summary>Written with the history, so that either both are there or none.</summary>
    private bool Remember(Publication publication, int number)
    {
        if (publication.Identity is not { } identity) return false;
        var answered = stored.State.Answered;
        if (answered.Count == GridLimits.PublicationsRememberedMax) answered.RemoveAt(0);
        answered.Add(new AnsweredPublication(identity, number));
        return true;
    }

    private async Task Write()
    {
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
    }
}
