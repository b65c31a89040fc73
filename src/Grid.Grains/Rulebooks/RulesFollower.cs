using Grid.Grains.Baselines;
using Grid.Grains.Populations;
using Grid.Model;
using Grid.Model.Evaluation;
using Microsoft.Extensions.Logging;

namespace Grid.Grains.Rulebooks;

/// <summary>
/// Keeps the rules of this process those that the baseline grain has put in force, wherever that grain lives: looks once a second, and at
/// once when somebody has met a newer edition.
/// </summary>
public sealed partial class RulesFollower(
    IGrainFactory grains, CurrentRules rules, CustomerIndex index, RulebookSweep sweep, Currency currency, ILogger<RulesFollower> logger)
    : IDisposable
{
    // One adoption at a time, so that editions only rise.
    private readonly SemaphoreSlim _adopting = new(1, 1);

    /// <summary>Returns when the rules of this process are of this edition or a later one.</summary>
    public async ValueTask Adopt(long edition)
    {
        if (rules.IsPublished && rules.Value.Edition >= edition) return;
        await AdoptLatest();
    }

    /// <summary>Also what was put in force a moment ago.</summary>
    public async Task AdoptLatest()
    {
        if (await grains.Baseline().InForce() is { } inForce) await Adopt(inForce);
    }

    public async Task Adopt(RulesInForce inForce)
    {
        await _adopting.WaitAsync();
        try
        {
            var known = rules.IsPublished ? rules.Value : null;
            if (known?.Edition >= inForce.Edition) return;
            if (known?.Rulebook.Number == inForce.Rulebook)
            {
                rules.Publish(known.Under(inForce.ToBaseline()) with { Edition = inForce.Edition });
                return;
            }

            var history = await grains.Rulebook().History();
            var rulebook = history.Single(published => published.Number == inForce.Rulebook).ToRulebook(currency);
            var layouts = history.ToDictionary(published => published.Number, published => published.Layout);
            index.Use([.. rulebook.Measures.Select(measure => measure.Id)], layouts.Values);
            var adopted = new Rules(rulebook, inForce.ToBaseline(), layouts) { Edition = inForce.Edition };
            rules.Publish(known is null ? adopted : adopted.After(known));
            if (known is not null) sweep.Begin();
        }
        finally
        {
            _adopting.Release();
        }
    }

    /// <summary>Looks again and again until cancelled.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(GridLimits.RulesPollMilliseconds), TimeProvider.System, cancellation);
            try
            {
                await AdoptLatest();
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                CouldNotLook(logger, exception);
            }
        }
    }

    public void Dispose() => _adopting.Dispose();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The rules in force could not be asked for; it is tried again.")]
    private static partial void CouldNotLook(ILogger logger, Exception exception);
}
