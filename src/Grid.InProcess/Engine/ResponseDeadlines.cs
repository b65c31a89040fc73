using Grid.InProcess.Turns;

namespace Grid.InProcess.Engine;

/// <summary>
/// Bounds how long a grain waits for another. Calls made within the same eighth of the timeout share one timer, so a
/// call fails between the timeout and an eighth before it. What was called may still run later, as after any timeout.
/// </summary>
internal sealed class ResponseDeadlines(TimeSpan timeout, TimeProvider clock)
{
    private const int Buckets = 8;

    // Replaced under its own lock; read without.
    private readonly Lock _gate = new();
    private Bucket? _bucket;

    /// <param name="own">The method's own timeout, where it has one.</param>
    internal async Task Bound(Task call, GrainReference target, string method, TimeSpan? own)
    {
        using var alone = own is { } span ? new CancellationTokenSource(span, clock) : null;
        var deadline = (alone ?? Current().Deadline).Token;
        try
        {
            await call.WaitAsync(deadline);
        }
        catch (OperationCanceledException cancelled) when (cancelled.CancellationToken == deadline)
        {
            throw Expired(call, target, method, own ?? timeout);
        }
    }

    /// <inheritdoc cref="Bound(Task, GrainReference, string, TimeSpan?)"/>
    internal async Task<T> Bound<T>(Task<T> call, GrainReference target, string method, TimeSpan? own)
    {
        await Bound((Task)call, target, method, own);
        return await call;
    }

    private static TimeoutException Expired(Task call, GrainReference target, string method, TimeSpan after)
    {
        // Nobody else will look at the call's own outcome.
        _ = call.ContinueWith(static late => late.Exception, CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return new TimeoutException($"{target}.{method} did not answer within {after}. Do grains wait for each other in a cycle?");
    }

    private Bucket Current()
    {
        var bucket = Volatile.Read(ref _bucket);
        if (bucket is not null && clock.GetElapsedTime(bucket.Opened) < timeout / Buckets)
            return bucket;
        lock (_gate)
        {
            if (_bucket is null || clock.GetElapsedTime(_bucket.Opened) >= timeout / Buckets)
                _bucket = new Bucket(clock.GetTimestamp(), new CancellationTokenSource(timeout, clock));
            return _bucket;
        }
    }

    private sealed record Bucket(long Opened, CancellationTokenSource Deadline);
}
