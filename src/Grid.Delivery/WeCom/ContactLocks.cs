namespace Grid.Delivery.WeCom;

/// <summary>
/// Keeps two changes of one contact apart: WeCom answers 45033 when two calls edit one contact at once (an operator of WeCom in its community), and the second
/// would compare with tags that the first is about to change. Safe for concurrent use.
/// </summary>
internal sealed class ContactLocks : IDisposable
{
    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, WeComLimits.ContactLocks).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Waits until no other change of the contact is on its way; disposing the result ends this one.</summary>
    public async Task<IDisposable> EnterAsync(string externalUserId, CancellationToken cancellation)
    {
        var entered = _locks[(uint)StringComparer.Ordinal.GetHashCode(externalUserId) % (uint)_locks.Length];
        await entered.WaitAsync(cancellation);
        return new Entered(entered);
    }

    public void Dispose()
    {
        foreach (var one in _locks) one.Dispose();
    }

    private sealed class Entered(SemaphoreSlim held) : IDisposable
    {
        public void Dispose() => held.Release();
    }
}
