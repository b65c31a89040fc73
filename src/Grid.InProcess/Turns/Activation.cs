using System.Threading.Tasks.Sources;
using Grid.InProcess.Engine;

namespace Grid.InProcess.Turns;

/// <summary>
/// One grain in memory and the turns it takes: at most one thread at a time, which owns it. It is its own
/// synchronization context (continuations of forked awaits queue here), thread pool item and source of admissions,
/// because an idle one must cost little: see tests/Grid.Load for the bytes.
/// </summary>
internal sealed partial class Activation : SynchronizationContext, IThreadPoolWorkItem, IValueTaskSource<Turn>
{
    private enum Phase : byte
    {
        New,
        Activating,
        Valid,
        Deactivating,
        Gone,
    }

    internal readonly GrainClass Class;
    internal readonly string Key;

    // Written by the owning thread only: set when activating begins.
    internal object? Instance;

    // Everything below is guarded by a lock on this object.

    // What the owner may run at once. The first item lies in the two fields, so that one at a time needs no queue.
    private Delegate? _readyCallback;
    private object? _readyState;
    private WorkQueue _moreReady;

    // Calls that wait until those now running have ended.
    private WorkQueue _waiting;
    private int _waitingCount;

    // What few activations have.
    private ActivationExtras? _extras;

    // Calls that have begun and not ended; of these, those that keep ordinary calls waiting; of those, the read-only.
    private int _running;
    private int _blocking;
    private int _reading;

    // A call that began inline and was not completed when its first step ended. Its caller has the grain's own task, and
    // nobody is told when that completes unless somebody waits for it: see SettlePending and WatchPending.
    private Task? _pending;
    private CallOptions _pendingOptions;

    private int _lastUsed;
    private volatile Phase _phase;

    // A thread runs this activation, or is about to.
    private bool _owned;
    private bool _leaving;
    private bool _pendingWatched;

    internal Activation(GrainClass grainClass, string key)
    {
        Class = grainClass;
        Key = key;
        _lastUsed = grainClass.Engine.Tick;
    }

    internal GrainEngine Engine => Class.Engine;

    private ActivationExtras Extras => _extras ??= new ActivationExtras();

    /// <summary>The activation that stands for an object outside of the grains; it is valid from the start.</summary>
    internal static Activation ForObserver(GrainClass observers, string key, object observer) =>
        new(observers, key) { Instance = observer, _phase = Phase.Valid };

    /// <summary>Begins a call on the calling thread if nothing else runs or waits here.</summary>
    internal bool TryBeginInline(CallOptions options)
    {
        lock (this)
        {
            if (!IsIdle())
                return false;
            _owned = true;
            Admit(options);
        }
        Engine.TurnBegan();
        return true;
    }

    /// <param name="call">Null when it is completed.</param>
    internal void EndInline(Task? call, CallOptions options)
    {
        bool more;
        lock (this)
        {
            if (call is null || call.IsCompleted)
                Discharge(options);
            else
                (_pending, _pendingOptions) = (call, options);
            if (_leaving || !_waiting.IsEmpty)
                WatchPending();
            more = HasWork();
            _owned = more;
        }
        if (more)
            Engine.Scheduler.Schedule(this);
        else
            Engine.TurnEnded();
    }

    /// <summary>Waits for this call's turn, here or in the activation that follows this one.</summary>
    internal ValueTask<Turn> Enter(CallOptions options)
    {
        var limit = Engine.Limits.WaitingCallsPerGrainMax;
        if (Volatile.Read(ref _waitingCount) >= limit)
            throw new Orleans.Runtime.LimitExceededException($"{this} already has {limit} calls waiting.");
        return new ValueTask<Turn>(this, (short)options);
    }

    internal void Leave(CallOptions options)
    {
        lock (this)
            Discharge(options);
    }

    /// <summary>Adds a call, or returns false when this activation is gone.</summary>
    internal bool TryAdd(Delegate continuation, object? state, CallOptions options)
    {
        lock (this)
        {
            if (_phase == Phase.Gone)
                return false;
            SettlePending();
            if (_phase == Phase.Valid && !_leaving && MayBegin(options) && (_waiting.IsEmpty || IsInterleaving(options)))
            {
                Admit(options);
                AddReady(continuation, state);
            }
            else
            {
                _waiting.Add(new Work(continuation, state, options));
                _waitingCount++;
                WatchPending();
            }
            if (!TakeOwnership())
                return true;
        }
        Engine.TurnBegan();
        Engine.Scheduler.Schedule(this);
        return true;
    }

    public override void Post(SendOrPostCallback d, object? state) => AddPost(d, state);

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("A thread cannot wait for a grain's turn.");

    public override SynchronizationContext CreateCopy() => this;

    ValueTaskSourceStatus IValueTaskSource<Turn>.GetStatus(short token) => ValueTaskSourceStatus.Pending;

    void IValueTaskSource<Turn>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        var options = (CallOptions)token;
        if (TryAdd(continuation, state, options))
            return;
        if (Class.IsObserver || options.HasFlag(CallOptions.Tick))
            AddPost(continuation, state);
        else
            Class.Deliver(Key, continuation, state, options);
    }

    /// <summary>
    /// Runs in the turn of the activation that let the call in, which need not be this one: a call that came while
    /// this was leaving is let in by its successor.
    /// </summary>
    Turn IValueTaskSource<Turn>.GetResult(short token)
    {
        var admitting = (Activation)Current!;
        admitting.ThrowIfGone();
        return new Turn(admitting);
    }

    void IThreadPoolWorkItem.Execute()
    {
        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            for (var left = Engine.Scheduler.ItemsPerTurn; left > 0; left--)
            {
                if (!RunNext())
                    return;
            }
            Engine.Scheduler.Schedule(this);
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    public override string ToString() => $"{Class.Name}/{Key}";

    private bool RunNext()
    {
        Delegate callback;
        object? state;
        lock (this)
        {
            _owned = TryTake(out callback, out state);
        }
        if (!_owned)
        {
            Engine.TurnEnded();
            return false;
        }
        try
        {
            Work.Run(callback, state);
        }
        catch (Exception exception)
        {
            // Only what is posted by hand can throw here; a call's exception is in its task.
            Engine.Log.ThrownInTurn(this, exception);
        }
        return true;
    }

    private void AddPost(Delegate callback, object? state)
    {
        lock (this)
        {
            AddReady(callback, state);
            if (!TakeOwnership())
                return;
        }
        Engine.TurnBegan();
        Engine.Scheduler.Schedule(this);
    }
}
