namespace Grid.InProcess.Turns;

/// <summary>A piece of a turn: the continuation of a call that runs or waits to begin, or something posted.</summary>
internal sealed class Work(Delegate callback, object? state, CallOptions options)
{
    internal readonly Delegate Callback = callback;
    internal readonly object? State = state;
    internal readonly CallOptions Options = options;
    internal Work? Next;

    internal static void Run(Delegate callback, object? state)
    {
        if (callback is SendOrPostCallback post)
            post(state);
        else
            ((Action<object?>)callback)(state);
    }
}

/// <summary>First in, first out. One field, because an idle activation pays for it: the last item, which points at the first.</summary>
internal struct WorkQueue
{
    private Work? _last;

    internal readonly bool IsEmpty => _last is null;

    internal readonly Work? First => _last?.Next;

    internal void Add(Work work)
    {
        work.Next = _last is null ? work : _last.Next;
        if (_last is not null)
            _last.Next = work;
        _last = work;
    }

    internal Work Take()
    {
        var first = _last!.Next!;
        if (ReferenceEquals(first, _last))
            _last = null;
        else
            _last.Next = first.Next;
        first.Next = null;
        return first;
    }
}
