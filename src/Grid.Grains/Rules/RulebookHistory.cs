using Grid.Model;
using Grid.Model.Evaluation;
using Grid.Model.Time;
using Grid.Rulebooks.Compiling;

namespace Grid.Grains.Rules;

/// <summary>Adds publications to the stored history, each once.</summary>
internal sealed class RulebookHistory(RulebookState state, Currency currency)
{
    /// <summary>Null before the first publication.</summary>
    public PublishedRulebook? Latest => state.History.Count == 0 ? null : state.History[^1];

    public IReadOnlyList<PublishedRulebook> All => [.. state.History];

    public PublishedRulebook Of(int number) => state.History.Single(published => published.Number == number);

    /// <summary>The rulebook that the same publication became earlier; null when it is new.</summary>
    public PublishedRulebook? Answered(Publication publication)
    {
        var answered = publication.Identity is null ? null : state.Answered.Find(answered => answered.Identity == publication.Identity);
        return answered is null ? null : state.History.Find(published => published.Number == answered.Number);
    }

    /// <summary>The latest rulebook as this build reads it, under the next number, when that differs from the published one; else null.</summary>
    public PublishedRulebook? AddReading(Instant now)
    {
        if (Latest is not { } latest) return null;
        if (latest.Language >= ConditionLanguage.Current && RulebookLayout.From(latest.ToRulebook(currency)).IsLike(latest.Layout)) return null;
        return Add(latest with
        {
            Number = latest.Number + 1,
            PublishedAt = now.Milliseconds,
            Note = "as this version reads it",
            Language = ConditionLanguage.Current,
        });
    }

    /// <summary>Files that are in force already keep their number.</summary>
    public PublishedRulebook Add(Publication publication, Instant now)
    {
        var published = Latest is { } latest && latest.Files.SequenceEqual(publication.Files)
            ? latest
            : Add(new PublishedRulebook((Latest?.Number ?? 0) + 1, now.Milliseconds, publication.Files, new RulebookLayout(0, []))
            {
                Author = publication.Author,
                Note = publication.Note,
                Origin = publication.Origin,
                Language = ConditionLanguage.Current,
            });
        Remember(publication, published.Number);
        return published;
    }

    private PublishedRulebook Add(PublishedRulebook published)
    {
        published = published with { Layout = RulebookLayout.From(published.ToRulebook(currency)) };
        state.History.Add(published);
        return published;
    }

    private void Remember(Publication publication, int number)
    {
        if (publication.Identity is not { } identity) return;
        if (state.Answered.Count == GridLimits.PublicationsRememberedMax) state.Answered.RemoveAt(0);
        state.Answered.Add(new AnsweredPublication(identity, number));
    }
}
