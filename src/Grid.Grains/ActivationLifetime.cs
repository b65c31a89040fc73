namespace Grid.Grains;

/// <summary>
/// The end of an activation in this silo: it begins when the grain is deactivated or the silo stops. Calls that observe the token end then and
/// fail in a way that callers repeat, where the grain lives next.
/// </summary>
internal sealed class Leaving : IDisposable
{
    private readonly CancellationTokenSource _source;

    public Leaving(SiloStop stop)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(stop.Begun);
        Token = _source.Token;
    }

    /// <summary>Cancelled when it begins.</summary>
    public CancellationToken Token { get; }

    public Task Begin() => _source.CancelAsync();

    /// <exception cref="SiloUnavailableException">The activation has left before the call ended.</exception>
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
        catch (OperationCanceledException cancelled) when (Token.IsCancellationRequested)
        {
            throw new SiloUnavailableException("The grain leaves its silo; call again.", cancelled);
        }
    }

    public void Dispose() => _source.Dispose();
}
