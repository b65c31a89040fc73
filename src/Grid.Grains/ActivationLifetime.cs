namespace Grid.Grains;

/// <summary>
/// Signals the calls of a grain that its activation ends, because the grain is deactivated or the silo stops. Calls that observe
/// <see cref="Stopping"/> then fail with an exception that callers retry; the retry reaches the next activation.
/// </summary>
internal sealed class ActivationLifetime : IDisposable
{
    private readonly CancellationTokenSource _source;

    public ActivationLifetime(SiloLifetime silo)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(silo.Stopping);
        Stopping = _source.Token;
    }

    /// <summary>Cancelled when the activation begins to end.</summary>
    public CancellationToken Stopping { get; }

    public Task Stop() => _source.CancelAsync();

    /// <exception cref="SiloUnavailableException">The activation ended before the call did.</exception>
    public async Task<T> Call<T>(Task<T> call)
    {
        await Call((Task)call);
        return await call;
    }

    /// <inheritdoc cref="Call{T}(Task{T})"/>
    public async Task Call(Task call)
    {
        try
        {
            await call;
        }
        catch (OperationCanceledException cancelled) when (Stopping.IsCancellationRequested)
        {
            throw new SiloUnavailableException("The grain leaves its silo; call again.", cancelled);
        }
    }

    public void Dispose() => _source.Dispose();
}
