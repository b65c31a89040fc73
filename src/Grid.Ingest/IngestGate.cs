using Grid.Model.Facts;

namespace Grid.Ingest;

/// <summary>
/// Bounds what is on its way in and counts what came through. All members may be called concurrently; the counters are read without
/// a lock and may be a moment apart from each other.
/// </summary>
public sealed class IngestGate(IngestOptions options)
{
    private long _bytesInFlight;
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

    /// <summary>Bytes of bodies taken, after inflating.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Requests answered 429.</summary>
    public long RefusedRequests => Interlocked.Read(ref _refusedRequests);

    /// <summary>Room for a body, or null when the gate is full.</summary>
    internal GatePass? Enter(long bytes)
    {
        if (Take(ref _bytesInFlight, bytes, options.BytesInFlightMax)) return new GatePass(this, bytes);
        Interlocked.Increment(ref _refusedRequests);
        return null;
    }

    internal bool TryTakeEvents(int events) => Take(ref _eventsInFlight, events, options.EventsInFlightMax);

    internal void Release(long bytes, int events)
    {
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

    /// <summary>One that is larger than all the room there is passes alone, so that no setting can lock a sender out for ever.</summary>
    private static bool Take(ref long inFlight, long amount, long max)
    {
        var after = Interlocked.Add(ref inFlight, amount);
        if (after <= max || after == amount) return true;
        Interlocked.Add(ref inFlight, -amount);
        return false;
    }
}

/// <summary>What one request holds of the gate's room; given back when its events are durable or refused.</summary>
internal sealed class GatePass(IngestGate gate, long bytes) : IDisposable
{
    private long _bytes = bytes;
    private int _events;

    public bool TryTakeEvents(int events)
    {
        if (!gate.TryTakeEvents(events)) return false;
        _events += events;
        return true;
    }

    public void Dispose()
    {
        gate.Release(_bytes, _events);
        _bytes = 0;
        _events = 0;
    }
}
