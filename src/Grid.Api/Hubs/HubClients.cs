using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;

namespace Grid.Api.Hubs;

/// <summary>Counts the connections of the hub, up to their limit.</summary>
internal sealed class HubClients
{
    /// <summary>Marks an accepted connection.</summary>
    public const string Entered = "grid.entered";

    private int _connections;

    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _connections) <= ApiLimits.HubConnectionsMax) return true;
        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _connections);
}

/// <summary>Counts the streams of one connection, up to their limit.</summary>
internal sealed class ConnectionStreams(HubFailures failures)
{
    private int _streams;

    /// <summary>Passes the frames through, and counts them as a stream while they are read.</summary>
    public async IAsyncEnumerable<T> Bounded<T>(IAsyncEnumerable<T> frames, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        try
        {
            if (Interlocked.Increment(ref _streams) > ApiLimits.ConnectionStreamsMax)
                throw new HubException($"This connection has {ApiLimits.ConnectionStreamsMax} streams already; end one first.");
            await using var frame = frames.GetAsyncEnumerator(cancellation);
            while (await Next(frame)) yield return frame.Current;
        }
        finally
        {
            Interlocked.Decrement(ref _streams);
        }
    }

    private async ValueTask<bool> Next<T>(IAsyncEnumerator<T> frame)
    {
        try
        {
            return await frame.MoveNextAsync();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            failures.Note(typeof(T).Name, exception);
            throw;
        }
    }
}
