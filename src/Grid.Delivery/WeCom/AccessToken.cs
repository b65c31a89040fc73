using Grid.Model.Time;

namespace Grid.Delivery.WeCom;

/// <summary>
/// The token that all calls share: requested by one call at a time while the others wait for it, replaced shortly before it expires. Safe for concurrent use.
/// </summary>
/// <param name="request">Calls <c>gettoken</c>.</param>
internal sealed class AccessToken(Func<Task<CallResult<TokenResponse>>> request, TokenBudget budget, TimeProvider time)
{
    private readonly Lock _lock = new();
    private Held? _held;
    private Task<CallResult<string>>? _running;
    private PauseState _pause;

    /// <summary>A token that has not expired by this machine's clock.</summary>
    public Task<CallResult<string>> GetAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            var now = Instant.From(time.GetUtcNow());
            if (Stopped(now) is { } stopped) return Task.FromResult(CallResult<string>.Failed(stopped));
            return _held is { } held && now < held.ReplaceAt
                ? Task.FromResult(CallResult<string>.Done(held.Token))
                : Join(cancellation);
        }
    }

    /// <summary>
    /// Another token than <paramref name="rejected"/>: the one that another call has requested since, or a new one. WeCom may give out the same token again.
    /// </summary>
    public Task<CallResult<string>> ReplaceAsync(string rejected, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var now = Instant.From(time.GetUtcNow());
            if (Stopped(now) is { } stopped) return Task.FromResult(CallResult<string>.Failed(stopped));
            if (_held is { } held && held.Token != rejected && now < held.ReplaceAt) return Task.FromResult(CallResult<string>.Done(held.Token));
            return Join(cancellation);
        }
    }

    /// <summary>False when the token was rejected or replaced since it was handed out: a call that waited for its turn must not be sent with it.</summary>
    public bool IsCurrent(string token)
    {
        lock (_lock) return _held?.Token == token;
    }

    /// <summary>WeCom rejected the token of one call: it is not current any more.</summary>
    public void Drop(string token)
    {
        lock (_lock) DropUnderLock(token);
    }

    /// <summary>WeCom rejected a token that it had just given out: no call is sent for a while.</summary>
    public CallTokenExpired Rejected(string token, string reason)
    {
        lock (_lock)
        {
            var now = Instant.From(time.GetUtcNow());
            DropUnderLock(token);
            _pause = _pause.After(ErrorKind.Token, now);
            return new CallTokenExpired(_pause.Until, reason);
        }
    }

    /// <summary>WeCom accepted the token.</summary>
    public void Accepted()
    {
        lock (_lock)
        {
            if (!_pause.IsPaused(Instant.From(time.GetUtcNow()))) _pause = default;
        }
    }

    private void DropUnderLock(string token)
    {
        if (_held?.Token == token) _held = null;
    }

    private CallFailure? Stopped(Instant now) => _pause.IsPaused(now)
        ? new CallTokenExpired(_pause.Until, "WeCom rejected a new token; calls are paused")
        : budget.Stopped(now);

    /// <summary>One request serves all who wait. It is not cancelled with one of them; its own timeout bounds it.</summary>
    private Task<CallResult<string>> Join(CancellationToken cancellation)
    {
        if (_running is null or { IsCompleted: true }) _running = RequestAsync();
        return _running.WaitAsync(cancellation);
    }

    private async Task<CallResult<string>> RequestAsync()
    {
        if (budget.TryRequest(Instant.From(time.GetUtcNow())) is { } spent) return CallResult<string>.Failed(spent);
        var result = await request();
        if (!result.TryGet(out var response, out var failure)) return CallResult<string>.Failed(failure);
        if (string.IsNullOrEmpty(response.Token) || response.ExpiresInSeconds <= 0)
            return CallResult<string>.Failed(new CallRefused(response.Code, "the response of gettoken has no token"));
        lock (_lock)
        {
            // WeCom gives out the same token until it expires (so its documentation said until 2024): asking again before that would be in vain.
            var margin = response.Token == _held?.Token ? 0 : Math.Min(WeComLimits.TokenMarginSecondsMax, response.ExpiresInSeconds / 10);
            var replaceAt = Instant.From(time.GetUtcNow()).Plus((response.ExpiresInSeconds - margin) * MillisecondsPer.Second);
            _held = new Held(response.Token, replaceAt);
        }

        return CallResult<string>.Done(response.Token);
    }

    private sealed record Held(string Token, Instant ReplaceAt);
}
