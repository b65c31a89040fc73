using System.Security.Cryptography;
using System.Text.Json;
using Grid.Grains.Populations;
using Grid.Model;
using Grid.Model.Schemes.Definitions;

namespace Grid.Grains.Rules;

/// <param name="Number">What the files are published as; the rulebook in force when there are faults.</param>
/// <param name="IsNew">Whether it was published by this call; false for the files that are in force already.</param>
public sealed record PublishReply(int Number, bool IsNew, IReadOnlyList<Diagnostic> Faults, IReadOnlyList<Diagnostic> Warnings);

/// <summary>
/// Publishes rulebooks one at a time, while events go on: what the population says to new measures is read first, then rulebook and
/// baseline are replaced as one, and the partitions move who has no event of its own. Costs one pass over the population when there are
/// new measures, some milliseconds otherwise.
/// </summary>
public sealed class RulebookPublisher(
    IGrainFactory grains,
    CurrentRules rules,
    RulesSynchronizer synchronizer,
    Population population,
    Currency currency,
    GridClock clock,
    InteractionKinds? kinds = null)
    : IDisposable
{
    private readonly SemaphoreSlim _lock = new(1, 1);

    public async Task<PublishReply> Publish(Publication publication, CancellationToken cancellation)
    {
        var compiled = RulebookFiles.Compile(publication.Files, currency, kinds);
        if (compiled.Content is not { } content)
            return new PublishReply(rules.IsPublished ? rules.Value.Rulebook.Number : 0, false, compiled.Faults, compiled.Warnings);

        await _lock.WaitAsync(cancellation);
        try
        {
            var before = rules.IsPublished ? rules.Value.Rulebook.Number : 0;

            // Done before the call to the grain, whose turn holds others up: after a downtime this can take minutes.
            if (rules.IsPublished)
            {
                await population.AdvanceTo(clock.Now, cancellation);
                await population.Learn(publication.Files, cancellation);
            }

            var published = await grains.Rules().Publish(publication with { Identity = IdentityOf(publication, before) });

            // The grain may live elsewhere; who publishes here sees it in force here.
            await synchronizer.AdoptLatest();
            return new PublishReply(published.Number, published.Number != before, [], compiled.Warnings);
        }
        finally
        {
            _lock.Release();
        }
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>Identifies this call: it may be repeated when its answer is lost, and another publication may have happened meanwhile.</summary>
    private string IdentityOf(Publication publication, int before) =>
        Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { publication, before, at = clock.Now.Milliseconds })));
}
