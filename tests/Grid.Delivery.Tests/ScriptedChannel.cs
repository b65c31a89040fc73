using System.Threading.Channels;

namespace Grid.Delivery.Tests;

/// <summary>Answers by a script, and reports each message whose sending has begun.</summary>
internal sealed class ScriptedChannel(Func<DeliveryMessage, CancellationToken, Task<DeliveryOutcome>> script) : IDeliveryChannel
{
    private readonly Channel<DeliveryMessage> _begun = Channel.CreateUnbounded<DeliveryMessage>();

    public static readonly Delivered Success = new(200, string.Empty);

    /// <summary>Takes everything at once.</summary>
    public static ScriptedChannel Taking() => new((_, _) => Task.FromResult<DeliveryOutcome>(Success));

    public Task<DeliveryOutcome> Send(DeliveryMessage message, CancellationToken cancel)
    {
        _begun.Writer.TryWrite(message);
        return script(message, cancel);
    }

    /// <summary>The next message whose sending has begun.</summary>
    public async Task<string> Next() => (await _begun.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30))).Id;

    /// <summary>Whether a sending has begun that <see cref="Next"/> has not returned.</summary>
    public bool HasNext => _begun.Reader.TryPeek(out _);
}

/// <summary>Keeps what is recorded.</summary>
internal sealed class MemoryJournal(Func<DeliveryAttempt, Task>? before = null) : IDeliveryJournal
{
    private readonly Channel<DeliveryAttempt> _recorded = Channel.CreateUnbounded<DeliveryAttempt>();
    private readonly Lock _gate = new();
    private readonly List<DeliveryAttempt> _all = [];

    public IReadOnlyList<DeliveryAttempt> All
    {
        get
        {
            lock (_gate) return [.. _all];
        }
    }

    public async Task Record(DeliveryAttempt attempt)
    {
        if (before is not null) await before(attempt);
        lock (_gate) _all.Add(attempt);
        _recorded.Writer.TryWrite(attempt);
    }

    /// <summary>The next attempt that is recorded.</summary>
    public async Task<DeliveryAttempt> Next() => await _recorded.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
}
