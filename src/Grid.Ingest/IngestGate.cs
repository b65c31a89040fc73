using Grid.Model.Facts;

namespace Grid.Ingest;

/// <summary>
/// Bounds the events and bytes in flight, and counts the requests that passed. Room is taken by bytes that have arrived, not by announced ones, and
/// requests that have not shown a key share a small part of it. All members may be called concurrently; the counters are read without a lock and may
/// be a moment apart from each other.
/// </summary>
public sealed class IngestGate(IngestOptions options)
{
    private long _bytesInFlight;
    private long _keylessBytes;
    private long _eventsInFlight;
    private long _accepted;
    private long _duplicates;
    private long _rejected;
    private long _bytes;
    private long _refusedRequests;

    public long EventsInFlight => Interlocked.Read(ref _eventsInFlight);

    public long BytesInFlight => Interlocked.Read(ref _bytesInFlight);

    public long Accepted => Interlocked.Read(ref _accepted);

    public long Duplicates => Interlocked.Read(ref _duplicates);

    public long Rejected => Interlocked.Read(ref _rejected);

    /// <summary>Bytes of accepted bodies, after inflating.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Requests answered 429.</summary>
    public long RefusedRequests => Interlocked.Read(ref _refusedRequests);

    /// <param name="isKeyless">The request has not shown a required key; its body may contain one.</param>
    internal GatePass Enter(bool isKeyless = false) => new(this, isKeyless);

    /// <param name="bytes">The bytes that arrived now.</param>
    /// <param name="held">The bytes that the same request holds already.</param>
    internal bool TryTakeBytes(long bytes, long held, bool isKeyless)
    {
        if (isKeyless && !Take(ref _keylessBytes, bytes, held, options.BytesInFlightMax / IngestLimits.KeylessShare)) return false;
        if (Take(ref _bytesInFlight, bytes, held, options.BytesInFlightMax)) return true;
        if (isKeyless) Interlocked.Add(ref _keylessBytes, -bytes);
        return false;
    }

    internal void ShowKey(long bytes) => Interlocked.Add(ref _keylessBytes, -bytes);

    internal bool TryTakeEvents(int events) => Take(ref _eventsInFlight, events, 0, options.EventsInFlightMax);

    internal void Release(long bytes, int events, bool isKeyless)
    {
        if (isKeyless) Interlocked.Add(ref _keylessBytes, -bytes);
        Interlocked.Add(ref _bytesInFlight, -bytes);
        Interlocked.Add(ref _eventsInFlight, -events);
    }

    internal void CountRefused() => Interlocked.Increment(ref _refusedRequests);

    internal void CountBytes(long bytes) => Interlocked.Add(ref _bytes, bytes);

    internal void Count(OutcomeKind kind, int count)
    {
        if (count == 0) return;
        switch (kind)
        {
            case OutcomeKind.Accepted:
                Interlocked.Add(ref _accepted, count);
                break;
            case OutcomeKind.Duplicate:
                Interlocked.Add(ref _duplicates, count);
                break;
            default:
                Interlocked.Add(ref _rejected, count);
                break;
        }
    }

    /// <summary>A body larger than all the room passes when nothing else is in flight, so that no setting can lock a sender out for ever.</summary>
    private static bool Take(ref long inFlight, long amount, long held, long max)
    {
        var after = Interlocked.Add(ref inFlight, amount);
        if (after <= max || after == held + amount) return true;
        Interlocked.Add(ref inFlight, -amount);
        return false;
    }
}

/// <summary>The room that one request holds; returned when its events are durable or refused.</summary>
internal sealed class GatePass(IngestGate gate, bool isKeyless) : IDisposable
{
    private bool _isKeyless = isKeyless;
    private long _bytes;
    private int _events;

    public bool TryTakeBytes(long bytes)
    {
        if (!gate.TryTakeBytes(bytes, _bytes, _isKeyless)) return false;
        _bytes += bytes;
        return true;
    }

    public bool TryTakeEvents(int events)
    {
        if (!gate.TryTakeEvents(events)) return false;
        _events += events;
        return true;
    }

    /// <summary>The body contained a key: its bytes now belong to the shared room.</summary>
    public void ShowKey()
    {
        if (_isKeyless) gate.ShowKey(_bytes);
        _isKeyless = false;
    }

    public void Dispose()
    {
        gate.Release(_bytes, _events, _isKeyless);
        _bytes = 0;
        _events = 0;
    }
}
