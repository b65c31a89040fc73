using System.Runtime.CompilerServices;
using Grid.Model.Languages;

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
/// <param name="failures">Logs refusals and failures.</param>
/// <param name="language">The language of the connection.</param>
internal sealed class ConnectionStreams(HubFailures failures, Language language)
{
    private int _streams;

    public Language Language => language;

    /// <summary>Passes the frames through, and counts them as a stream while they are read.</summary>
    public async IAsyncEnumerable<T> Bounded<T>(IAsyncEnumerable<T> frames, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        try
        {
            if (Interlocked.Increment(ref _streams) > ApiLimits.ConnectionStreamsMax)
                throw HubRefusals.TooManyStreams.Exception(language);
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
