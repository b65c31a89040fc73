namespace Grid.Ingest.Bodies;

/// <summary>
/// Ends a body that arrives too slowly. Each window counts alone: a fast start buys no time later. Otherwise many connections could fill the room at
/// once and then hold it.
/// </summary>
internal sealed class BodyPace(TimeProvider time, CancellationToken cancellation) : IDisposable
{
    private const long BytesPerWindow = (long)IngestLimits.BodyBytesPerSecondMin * IngestLimits.BodyWindowSeconds;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(IngestLimits.BodyWindowSeconds);

    private readonly CancellationTokenSource _ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    private ITimer? _timer;
    private long _came;

    public CancellationToken Token => _ended.Token;

    public bool IsTooSlow { get; private set; }

    public void Came(int bytes) => Interlocked.Add(ref _came, bytes);

    /// <summary>Waits for a read that did not complete at once. Most bodies have arrived when they are read, and need no timer.</summary>
    public ValueTask<int> Watch(ValueTask<int> reading)
    {
        _timer ??= time.CreateTimer(static pace => ((BodyPace)pace!).Look(), this, Window, Window);
        return reading;
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _ended.Dispose();
    }

    private void Look()
    {
        if (Interlocked.Exchange(ref _came, 0) >= BytesPerWindow) return;
        IsTooSlow = true;
        try
        {
            _ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The body ended at this moment.
        }
    }
}
