using Grid.Model;

namespace Grid.Grains.Rules;

/// <summary>Adopts in this silo the rules that the <see cref="RulesGrain"/> has put in force, on any silo.</summary>
public sealed class RulesSynchronizer(IGrainFactory grains, CurrentRules rules, Currency currency) : IDisposable
{
    // One adoption at a time, so that epochs only rise.
    private readonly SemaphoreSlim _adopting = new(1, 1);

    /// <summary>Returns when the rules of this silo have this epoch or a later one.</summary>
    public async ValueTask Adopt(long epoch)
    {
        if (rules.IsPublished && rules.Value.Epoch >= epoch) return;
        await AdoptLatest();
    }

    /// <summary>Adopts the rules in force now.</summary>
    public async Task AdoptLatest()
    {
        if (await grains.Rules().InForce() is { } inForce) await Adopt(inForce);
    }

    /// <param name="inForce">The rules in force.</param>
    /// <param name="history">Every rulebook; null: read when needed.</param>
    public async Task Adopt(RulesInForce inForce, IReadOnlyList<PublishedRulebook>? history = null)
    {
        await _adopting.WaitAsync();
        try
        {
            var known = rules.IsPublished ? rules.Value : null;
            if (known?.Epoch >= inForce.Epoch) return;
            if (known?.Rulebook.Number == inForce.Rulebook)
            {
                rules.Publish(known.Under(inForce.ToBaseline()) with { Epoch = inForce.Epoch });
                return;
            }

            history ??= await grains.Rules().History();
            var rulebook = history.Single(published => published.Number == inForce.Rulebook).ToRulebook(currency);
            var layouts = history.ToDictionary(published => published.Number, published => published.Layout);
            var adopted = new Model.Evaluation.Rules(rulebook, inForce.ToBaseline(), layouts) { Epoch = inForce.Epoch };
            rules.Publish(known is null ? adopted : adopted.After(known));
        }
        finally
        {
            _adopting.Release();
        }
    }

    public void Dispose() => _adopting.Dispose();
}
