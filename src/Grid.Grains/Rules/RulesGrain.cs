using Grid.Grains.Calls;
using Grid.Model.Time;
using Microsoft.Extensions.Logging;
using Orleans.Utilities;

namespace Grid.Grains.Rules;

/// <summary>Hosts the <see cref="RulesAuthority"/>, stores its states, computes the baseline on schedule and notifies the silos.</summary>
[KeepAlive]
public sealed partial class RulesGrain : Grain, IRulesGrain, IRulesStorage, IDisposable
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(GridLimits.LongCallSeconds);
    private readonly ActivationLifetime _lifetime;
    private readonly IPersistentState<RulebookState> _rulebooks;
    private readonly IPersistentState<BaselineState> _baseline;
    private readonly RulesServices _services;
    private readonly ILogger<RulesGrain> _logger;
    private readonly ObserverManager<IRulesObserver> _silos;
    private RulesAuthority? _authority;

    public RulesGrain(
        [PersistentState("rulebook")] IPersistentState<RulebookState> rulebooks,
        [PersistentState("baseline")] IPersistentState<BaselineState> baseline,
        RulesServices services,
        SiloLifetime silo,
        ILogger<RulesGrain> logger)
    {
        (_rulebooks, _baseline, _services, _logger) = (rulebooks, baseline, services, logger);
        _lifetime = new ActivationLifetime(silo);
        _silos = new ObserverManager<IRulesObserver>(TimeSpan.FromSeconds(GridLimits.SubscriptionSeconds), logger);
    }

    private RulesAuthority Authority => _authority ?? throw new InvalidOperationException("The rules are not activated.");

    public RulebookState Rulebooks => _rulebooks.State;

    public BaselineState Baseline => _baseline.State;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _authority = new RulesAuthority(_services, this, rules => _silos.Notify(silo => silo.InForce(rules)), _logger, _lifetime.Stopping);
        Authority.Continue();
        if (_services.Pace == GridPace.ByItself && _services.Schedule.Interval > TimeSpan.Zero) _ = ComputeOnSchedule(_lifetime.Stopping);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _lifetime.Stop();
        await Authority.Moving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public void Dispose()
    {
        _authority?.Dispose();
        _lifetime.Dispose();
    }

    public Task Resume(Instant asOf) => _lifetime.Call(Authority.Resume(asOf));

    public Task<RulesInForce?> InForce() => Task.FromResult(Authority.InForce);

    public Task<IReadOnlyList<PublishedRulebook>> History() => Task.FromResult(Authority.History);

    public Task<PublishedRulebook> Publish(Publication publication) => _lifetime.Call(Authority.Publish(publication));

    public Task<int> PublishBaseline(Instant asOf) => _lifetime.Call(Authority.PublishBaseline(asOf));

    public async Task<int> WakeAndPublishBaseline(Instant asOf)
    {
        await _lifetime.Call(Authority.WakeDue(asOf));

        // Calls the grain through its reference, because a publication must take its turn.
        return await this.AsReference<IRulesGrain>().PublishBaseline(asOf);
    }

    public Task<RefreezeReply> Refreeze(string scheme, Instant asOf) => _lifetime.Call(Authority.Refreeze(scheme, asOf));

    public async Task<bool> Settled()
    {
        var moving = Authority.Moving;
        await _lifetime.Call(Task.WhenAny(moving, Task.Delay(AnswerWithin, _services.Machine)).WaitAsync(_lifetime.Stopping));
        return moving.IsCompleted;
    }

    public Task<RulesInForce?> Subscribe(IRulesObserver observer)
    {
        _silos.Subscribe(observer, observer);
        return InForce();
    }

    public Task WriteRulebooks() => Write(_rulebooks.WriteStateAsync);

    public Task WriteBaseline() => Write(_baseline.WriteStateAsync);

    private async Task Write(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch
        {
            // The write may have succeeded or not: the next activation reads the stored state.
            DeactivateOnIdle();
            throw;
        }
    }

    private async Task ComputeOnSchedule(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            if (_services.Rules.IsPublished)
            {
                try
                {
                    await WakeAndPublishBaseline(_services.Clock.Now).WaitAsync(cancellation);
                }
                catch (Exception exception) when (!cancellation.IsCancellationRequested)
                {
                    CouldNotPublish(_logger, CallFailures.LevelOf(exception), exception);
                }
            }

            var wait = _services.Rules.IsPublished
                ? _services.Schedule.WaitAfter(_services.Clock.Now, _services.Clock.Speed, _services.Rules.Value.Rulebook)
                : TimeSpan.FromMilliseconds(GridLimits.RetryMilliseconds);
            await Task.Delay(wait, _services.Machine, cancellation)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    [LoggerMessage(Message = "The baseline could not be computed; the next interval tries again.")]
    private static partial void CouldNotPublish(ILogger logger, LogLevel level, Exception exception);
}
