namespace Grid.InProcess.Turns;

/// <summary>Which call may begin, and what runs next. All of it with the lock held.</summary>
internal sealed partial class Activation
{
    private bool TakeOwnership()
    {
        if (_owned || !HasWork())
            return false;
        _owned = true;
        return true;
    }

    private bool HasWork() => _readyCallback is not null
        || (_phase == Phase.New && !_waiting.IsEmpty)
        || (_phase == Phase.Valid && (_leaving ? _running == 0 : _waiting.First is { } first && MayBegin(first.Options)));

    private bool TryTake(out Delegate callback, out object? state)
    {
        callback = _readyCallback!;
        state = _readyState;
        if (callback is not null)
        {
            ReplaceReady();
            return true;
        }
        if (!HasWork())
            return false;
        if (_phase == Phase.New)
        {
            _phase = Phase.Activating;
            (callback, state) = (BeginActivating, this);
            return true;
        }
        if (_leaving)
        {
            _phase = Phase.Deactivating;
            (callback, state) = (BeginDeactivating, this);
            return true;
        }
        var call = TakeWaiting();
        Admit(call.Options);
        (callback, state) = (call.Callback, call.State);
        return true;
    }

    private void AddReady(Delegate callback, object? state)
    {
        if (_readyCallback is null)
            (_readyCallback, _readyState) = (callback, state);
        else
            _moreReady.Add(new Work(callback, state, CallOptions.None));
    }

    private void ReplaceReady()
    {
        (_readyCallback, _readyState) = (null, null);
        if (_moreReady.IsEmpty)
            return;
        var next = _moreReady.Take();
        (_readyCallback, _readyState) = (next.Callback, next.State);
    }

    private Work TakeWaiting()
    {
        _waitingCount--;
        return _waiting.Take();
    }

    private bool IsInterleaving(CallOptions options) => Class.IsReentrant || options.HasFlag(CallOptions.Interleave);

    private bool MayBegin(CallOptions options) => _blocking == 0
        || IsInterleaving(options)
        || (options.HasFlag(CallOptions.ReadOnly) && _blocking == _reading);

    private void Admit(CallOptions options)
    {
        _running++;
        if (!IsInterleaving(options))
        {
            _blocking++;
            if (options.HasFlag(CallOptions.ReadOnly))
                _reading++;
        }
        Touch(options);
    }

    private void Discharge(CallOptions options)
    {
        _running--;
        Unblock(options);
        Touch(options);
    }

    private bool IsIdle()
    {
        SettlePending();
        return _phase == Phase.Valid && !_owned && _running == 0 && !_leaving && _waiting.IsEmpty;
    }

    private void SettlePending()
    {
        if (_pending is not { IsCompleted: true })
            return;
        _pending = null;
        _pendingWatched = false;
        _running--;
        Unblock(_pendingOptions);
    }

    // Somebody waits for the pending call now: have its end seen in a turn, directly behind the grain's own last step.
    private void WatchPending()
    {
        SettlePending();
        if (_pending is not { } watched || _pendingWatched)
            return;
        _pendingWatched = true;
        var outer = Current;
        SetSynchronizationContext(this);
        watched.GetAwaiter().UnsafeOnCompleted(EndPending);
        SetSynchronizationContext(outer);
    }

    private void EndPending()
    {
        lock (this)
            SettlePending();
    }

    private void Unblock(CallOptions options)
    {
        if (IsInterleaving(options))
            return;
        _blocking--;
        if (options.HasFlag(CallOptions.ReadOnly))
            _reading--;
    }

    private void Touch(CallOptions options)
    {
        if (!options.HasFlag(CallOptions.Tick))
            _lastUsed = Engine.Tick;
    }
}
