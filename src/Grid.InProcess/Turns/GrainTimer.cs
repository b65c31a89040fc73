using Orleans.Runtime;

namespace Grid.InProcess.Turns;

/// <summary>Ticks in its activation's turns, one tick at a time, each armed when the one before has ended.</summary>
internal sealed class GrainTimer : IGrainTimer
{
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly CallOptions _options;
    private readonly bool _keepAlive;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _stopped = new();

    // Guards the fields below: the clock fires on any thread, the grain changes the timer in its turn.
    private readonly Lock _gate = new();
    private TimeSpan _period;
    private bool _ticking;
    private bool _changedWhileTicking;

    private GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _callback = callback;
        _options = options.Interleave ? CallOptions.Tick | CallOptions.Interleave : CallOptions.Tick;
        _keepAlive = options.KeepAlive;
        _timer = activation.Engine.Clock.CreateTimer(
            static timer => ((GrainTimer)timer!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
        lock (_gate)
        {
            _period = period == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : period;
            _changedWhileTicking = _ticking;
            Arm(dueTime);
        }
    }

    public void Dispose()
    {
        _activation.Remove(this);
        lock (_gate)
        {
            if (_stopped.IsCancellationRequested)
                return;
            _timer.Dispose();
        }
        _stopped.Cancel();
    }

    internal static GrainTimer Start(
        Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        var timer = new GrainTimer(activation, callback, options);
        activation.Add(timer);
        timer.Change(options.DueTime, options.Period);
        return timer;
    }

    // With the gate held. What is due at once needs no clock, so that a simulated one need not move for it.
    private void Arm(TimeSpan dueTime)
    {
        if (_stopped.IsCancellationRequested)
            return;
        _timer.Change(dueTime == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : dueTime, Timeout.InfiniteTimeSpan);
        if (dueTime == TimeSpan.Zero && !_ticking)
            Begin();
    }

    private void Fire()
    {
        lock (_gate)
        {
            if (!_ticking && !_stopped.IsCancellationRequested)
                Begin();
        }
    }

    private void Begin()
    {
        _ticking = true;
        _changedWhileTicking = false;
        _ = Tick();
    }

    private async Task Tick()
    {
        Turn turn;
        try
        {
            turn = await _activation.Enter(_options);
        }
        catch (OrleansException)
        {
            // The activation is gone, or has more to do than it can hold: this tick is left out.
            End();
            return;
        }
        try
        {
            if (_keepAlive)
                _activation.KeepAlive();
            if (!_stopped.IsCancellationRequested)
                await _callback(_stopped.Token);
        }
        catch (Exception exception)
        {
            _activation.Engine.Log.TimerFailed(_activation, exception);
        }
        finally
        {
            turn.Leave(_options);
            End();
        }
    }

    private void End()
    {
        lock (_gate)
        {
            _ticking = false;
            if (!_changedWhileTicking)
                Arm(_period);
        }
    }
}
