using System.Security.Cryptography;
using System.Text.Json;
using Grid.Grains.Populations;
using Grid.Model;
using Grid.Model.Schemes.Definitions;

namespace Grid.Grains.Rules;

/// <param name="Number">The number of the published rulebook; when there are faults, of the rulebook in force.</param>
/// <param name="IsNew">Whether this call published it; false for files that are in force already.</param>
public sealed record PublishReply(int Number, bool IsNew, IReadOnlyList<Diagnostic> Faults, IReadOnlyList<Diagnostic> Warnings);

/// <summary>
/// Publishes rulebooks one at a time, while events go on: it first reads the values of new measures from the population, then replaces rulebook and
/// baseline as one; the partitions then move the customers whom no event moves. Costs one pass over the population when there are new
/// measures, some milliseconds otherwise.
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

            // Wakes overdue customers before the call to the grain, whose turn blocks other calls: after a downtime the waking can take minutes.
            if (rules.IsPublished)
            {
                await population.AdvanceTo(clock.Now, cancellation);
                await population.Learn(publication.Files, cancellation);
            }

            var published = await grains.Rules().Publish(publication with { Identity = IdentityOf(publication, before) });

            // The grain may live on another silo; adopting the rules here lets the caller see its rulebook in force.
            await synchronizer.AdoptLatest();
            return new PublishReply(published.Number, published.Number != before, [], compiled.Warnings);
        }
        finally
        {
            _lock.Release();
        }
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>Identifies this call to the grain: when the answer is lost the same call is sent again, and must not publish twice.</summary>
    private string IdentityOf(Publication publication, int before) =>
        Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { publication, before, at = clock.Now.Milliseconds })));
}
