using Polly;
using Polly.Retry;

namespace Grid.Grains.Calls;

/// <summary>
/// Calls grains from outside of any grain. A call that fails because a silo has died is repeated until the cluster has agreed on the death and has
/// activated the grain elsewhere. Every call of the grid is safe to repeat: facts carry the sender's message ids, and all other calls name the state
/// that they start from.
/// </summary>
/// <remarks>
/// Repeats only calls that the runtime refused to deliver, that a stale activation refused to commit, or that wait for the answer of a dead silo. A
/// call to a grain that is overloaded, slow or failing is not repeated.
/// </remarks>
public sealed class GrainCalls
{
    private static readonly TimeSpan DelayMin = TimeSpan.FromMilliseconds(GridLimits.CallDelayMillisecondsMin);
    private static readonly TimeSpan DelayMax = TimeSpan.FromMilliseconds(GridLimits.CallDelayMillisecondsMax);
    private static readonly TimeSpan Within = TimeSpan.FromMilliseconds(GridLimits.CallRepeatMillisecondsMax);
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(GridLimits.CallSilenceMillisecondsMax);
    private static readonly ResiliencePropertyKey<long> Began = new(nameof(Began));

    private readonly SiloDeaths _deaths;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _repeating;

    /// <param name="deaths">Of the cluster that the called grains live in.</param>
    /// <param name="time">Measures limits and delays.</param>
    public GrainCalls(SiloDeaths deaths, TimeProvider time)
    {
        (_deaths, _time) = (deaths, time);
        _repeating = new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = attempt => new ValueTask<bool>(Repeats(attempt)),
            MaxRetryAttempts = int.MaxValue,
            Delay = DelayMin,
            MaxDelay = DelayMax,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            OnRetry = attempt =>
            {
                if (attempt.Outcome.Exception is OrleansException) NotDelivered?.Invoke();
                return default;
            },
        }).Build();
    }

    /// <summary>Raised when the runtime could not deliver a call, or its answer: a silo may have gone.</summary>
    public event Action? NotDelivered;

    /// <param name="state">What the call needs, so that <paramref name="call"/> can be static and a call allocates no closure.</param>
    /// <param name="call">Calls the grain; invoked again for each attempt.</param>
    public async ValueTask<T> Call<TState, T>(TState state, Func<TState, ValueTask<T>> call)
    {
        // Almost every call ends here. Only a failed call enters the pipeline, which takes the failed attempt as its first.
        var lost = _deaths.Next;
        var first = Begin(state, call);
        await Answer(first, lost);
        return first.IsCompletedSuccessfully ? await first : await Repeat(state, call, first);
    }

    /// <summary>Calls many grains at once, for little more than the calls themselves.</summary>
    /// <returns>A task for each state, in their order; all of them have ended.</returns>
    public async Task<Task<T>[]> CallAll<TState, T>(TState[] states, Func<TState, ValueTask<T>> call)
    {
        var lost = _deaths.Next;
        var calls = Array.ConvertAll(states, state => Begin(state, call));
        await Answer(Task.WhenAll(calls), lost);
        if (calls.All(static one => one.IsCompletedSuccessfully)) return calls;

        for (var index = 0; index < calls.Length; index++)
            if (!calls[index].IsCompletedSuccessfully)
                calls[index] = Repeat(states[index], call, calls[index]);
        await ((Task)Task.WhenAll(calls)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return calls;
    }

    /// <inheritdoc cref="Call{TState,T}(TState,Func{TState,ValueTask{T}})"/>
    public ValueTask<T> Call<TState, T>(TState state, Func<TState, Task<T>> call) =>
        Call((state, call), static both => new ValueTask<T>(both.call(both.state)));

    /// <summary>
    /// A minimum number of attempts is made regardless of the time limit: a long call may fail late, and a second silo may die after the first.
    /// </summary>
    private bool Repeats(RetryPredicateArguments<object> attempt)
    {
        if (!CallFailures.IsPassing(attempt.Outcome.Exception)) return false;
        if (attempt.AttemptNumber + 1 < GridLimits.CallAttemptsMin) return true;
        return attempt.Context.Properties.TryGetValue(Began, out var began) && _time.GetElapsedTime(began) < Within;
    }

    private async Task<T> Repeat<TState, T>(TState state, Func<TState, ValueTask<T>> call, Task<T> first)
    {
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true);
        try
        {
            context.Properties.Set(Began, _time.GetTimestamp());
            return await _repeating.ExecuteAsync(
                static (_, attempts) => attempts.Next(), context, new Attempts<TState, T>(this, state, call, first));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static Task<T> Begin<TState, T>(TState state, Func<TState, ValueTask<T>> call)
    {
        try
        {
            return call(state).AsTask();
        }
        catch (Exception exception)
        {
            return Task.FromException<T>(exception);
        }
    }

    /// <summary>
    /// Returns when the call has ended or will never be answered. The runtime fails the calls that it has sent to a silo when that silo is declared
    /// dead. But when a silo forwards a call to another one that dies, it does not know the caller and fails nothing.
    /// </summary>
    /// <param name="call">The call under way.</param>
    /// <param name="lost">Cancelled when a silo is declared dead.</param>
    private async ValueTask Answer(Task call, CancellationToken lost)
    {
        const ConfigureAwaitOptions Quietly = ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;
        await call.WaitAsync(lost).ConfigureAwait(Quietly);
        if (call.IsCompleted) return;
        await call.WaitAsync(Silence, _time, CancellationToken.None).ConfigureAwait(Quietly);
        if (!call.IsCompleted) call.Ignore();
    }

    /// <summary>The attempts of one call; the first has been made already.</summary>
    private sealed class Attempts<TState, T>(GrainCalls calls, TState state, Func<TState, ValueTask<T>> call, Task<T> first)
    {
        private Task<T>? _first = first;

        public async ValueTask<T> Next()
        {
            var attempt = _first;
            if (attempt is null)
            {
                var lost = calls._deaths.Next;
                attempt = Begin(state, call);
                await calls.Answer(attempt, lost);
            }

            _first = null;
            return attempt.IsCompleted ? await attempt : throw new UnansweredCallException();
        }
    }
}

/// <summary>A silo died while a call was under way, and the call is still unanswered.</summary>
public sealed class UnansweredCallException() : OrleansException("A silo died while a call was under way, and no answer came; call again.");
