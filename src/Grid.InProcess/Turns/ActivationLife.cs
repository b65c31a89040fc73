using System.Runtime.ExceptionServices;
using Orleans;

namespace Grid.InProcess.Turns;

/// <summary>What few activations have; the others don't pay for it.</summary>
internal sealed class ActivationExtras
{
    internal List<GrainTimer>? Timers;
    internal DeactivationReason Reason;
    internal ExceptionDispatchInfo? Failure;
}

/// <summary>How an activation comes and goes. All of it runs in its own turns.</summary>
internal sealed partial class Activation
{
    private static readonly SendOrPostCallback BeginActivating = static activation => ((Activation)activation!).Activate();

    private static readonly SendOrPostCallback BeginDeactivating =
        static activation => _ = ((Activation)activation!).Deactivate();

    /// <summary>Lets go of the grain once the calls now running have ended. Later requests change nothing.</summary>
    internal void RequestDeactivation(DeactivationReason reason)
    {
        lock (this)
        {
            if (_leaving || _phase > Phase.Valid)
                return;
            _leaving = true;
            Extras.Reason = reason;
            WatchPending();
            if (!TakeOwnership())
                return;
        }
        Engine.TurnBegan();
        Engine.Scheduler.Schedule(this);
    }

    /// <summary>Lets go of the grain if it is idle and was not used since the given tick.</summary>
    internal bool DeactivateIfIdleSince(int tick, DeactivationReason reason)
    {
        // A completed call is not kept in memory for longer than from one look to the next.
        if (Volatile.Read(ref _lastUsed) > tick && Volatile.Read(ref _pending) is null)
            return false;
        lock (this)
        {
            if (!IsIdle() || _lastUsed > tick)
                return false;
        }
        RequestDeactivation(reason);
        return true;
    }

    internal int LastUsed => Volatile.Read(ref _lastUsed);

    internal bool IsGone => _phase == Phase.Gone;

    internal void KeepAlive()
    {
        lock (this)
            _lastUsed = Engine.Tick;
    }

    internal void Add(GrainTimer timer)
    {
        lock (this)
        {
            if (_phase < Phase.Deactivating)
            {
                (Extras.Timers ??= []).Add(timer);
                return;
            }
        }
        timer.Dispose();
    }

    internal void Remove(GrainTimer timer)
    {
        lock (this)
            _extras?.Timers?.Remove(timer);
    }

    private void Activate()
    {
        Task activated;
        try
        {
            Instance = Class.Create(this, out activated);
        }
        catch (Exception exception)
        {
            Fail(exception);
            return;
        }
        if (activated.IsCompletedSuccessfully)
            BecomeValid();
        else
            _ = BecomeValidAfter(activated);
    }

    private async Task BecomeValidAfter(Task activated)
    {
        try
        {
            await activated;
        }
        catch (Exception exception)
        {
            StopTimers();
            Fail(exception);
            return;
        }
        BecomeValid();
    }

    private void BecomeValid()
    {
        lock (this)
        {
            _phase = Phase.Valid;
            _lastUsed = Engine.Tick;
            if (!_leaving)
                BeginInterleaving();
            else if (!_waiting.IsEmpty)
                BeginOne();
        }
    }

    // A grain that asks to leave while it activates serves one call all the same: else its calls would be handed from one
    // activation to the next for ever. With the lock held.
    private void BeginOne()
    {
        var call = TakeWaiting();
        Admit(call.Options);
        AddReady(call.Callback, call.State);
    }

    // Those that may interleave need not wait behind one that may not. With the lock held.
    private void BeginInterleaving()
    {
        for (var left = _waitingCount; left > 0; left--)
        {
            var call = TakeWaiting();
            if (IsInterleaving(call.Options))
            {
                Admit(call.Options);
                AddReady(call.Callback, call.State);
            }
            else
            {
                _waiting.Add(call);
                _waitingCount++;
            }
        }
    }

    private void Fail(Exception exception)
    {
        Engine.Log.ActivationFailed(this, exception);
        lock (this)
        {
            _phase = Phase.Gone;
            Extras.Failure = ExceptionDispatchInfo.Capture(exception);
            Class.Remove(this);
            // Each of them is resumed here and gets the failure instead of a turn.
            while (!_waiting.IsEmpty)
            {
                var call = TakeWaiting();
                AddReady(call.Callback, call.State);
            }
        }
        Engine.ActivationEnded();
    }

    private async Task Deactivate()
    {
        StopTimers();
        if (Instance is Grain grain)
        {
            try
            {
                await grain.OnDeactivateAsync(Extras.Reason, CancellationToken.None)
                    .WaitAsync(Engine.Limits.DeactivationTimeout, Engine.Clock);
            }
            catch (Exception exception)
            {
                Engine.Log.DeactivationFailed(this, exception);
            }
        }
        HandOver();
    }

    private void HandOver()
    {
        Activation? successor = null;
        lock (this)
        {
            _phase = Phase.Gone;
            while (!_waiting.IsEmpty)
            {
                var call = TakeWaiting();
                if (Class.IsObserver || Engine.IsStopping || call.Options.HasFlag(CallOptions.Tick))
                {
                    AddReady(call.Callback, call.State);
                    continue;
                }
                successor ??= new Activation(Class, Key);
                successor._waiting.Add(call);
                successor._waitingCount++;
            }
            // Whoever sees this one gone finds the successor in its place, behind the calls handed over.
            if (successor is null)
                Class.Remove(this);
            else
                Class.Replace(this, successor);
        }
        successor?.Start();
        if (successor is null && !Class.IsObserver)
            Engine.ActivationEnded();
    }

    private void Start()
    {
        lock (this)
        {
            if (!TakeOwnership())
                return;
        }
        Engine.TurnBegan();
        Engine.Scheduler.Schedule(this);
    }

    private void StopTimers()
    {
        List<GrainTimer>? timers;
        lock (this)
        {
            timers = _extras?.Timers;
            if (timers is not null)
                _extras!.Timers = null;
        }
        timers?.ForEach(timer => timer.Dispose());
    }

    private void ThrowIfGone()
    {
        if (_phase != Phase.Gone)
            return;
        _extras?.Failure?.Throw();
        throw new Orleans.Runtime.OrleansMessageRejectionException($"{this} is gone.");
    }
}
