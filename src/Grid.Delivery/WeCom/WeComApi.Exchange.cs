using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Grid.Delivery.WeCom;

internal sealed partial class WeComApi
{
    /// <summary>Sends a call; when WeCom rejects its token, requests one other token and sends it once more, never a third time.</summary>
    private async Task<CallResult<T>> CallAsync<T>(
        ApiGate gate, Func<string, HttpRequestMessage> message, JsonTypeInfo<T> shape, CancellationToken cancellation)
        where T : WeComResponse
    {
        if (gate.Paused(Now) is { } paused) return CallResult<T>.Failed(paused);
        if (!(await _token.GetAsync(cancellation)).TryGet(out var token, out var failure)) return CallResult<T>.Failed(failure);
        var first = await SendAsync(token);
        if (first.Failure is not CallTokenExpired rejected) return first;

        if (!(await _token.ReplaceAsync(token, cancellation)).TryGet(out var other, out failure)) return CallResult<T>.Failed(failure);

        // A repeat with the same token would be one wrong call more.
        if (other == token) return CallResult<T>.Failed(_token.Rejected(token, $"{rejected.Reason}; a request of a new token brought the same one"));
        var second = await SendAsync(other);
        return second.Failure is CallTokenExpired again
            ? CallResult<T>.Failed(_token.Rejected(other, $"{again.Reason}; a new token was rejected as well"))
            : second;

        async Task<CallResult<T>> SendAsync(string with)
        {
            var result = await ExchangeAsync(gate, () => message(with), shape, with, cancellation);
            if (result.Failure is null) _token.Accepted();
            else if (result.Failure is CallTokenExpired) _token.Drop(with);
            return result;
        }
    }

    /// <summary>One request and its response, within the limits.</summary>
    /// <param name="token">The token of the message; null for <c>gettoken</c>.</param>
    private async Task<CallResult<T>> ExchangeAsync<T>(
        ApiGate gate, Func<HttpRequestMessage> message, JsonTypeInfo<T> shape, string? token, CancellationToken cancellation)
        where T : WeComResponse
    {
        using var lease = await _concurrency.AcquireAsync(1, cancellation);
        if (!lease.IsAcquired)
            return CallResult<T>.Failed(new CallBackOff(Now.Plus(1_000), $"{gate.Api}: {WeComLimits.WaitingCallsMax} calls wait already"));

        // The calls that waited here while others were rejected would each be one wrong call more.
        if (token is not null && !_token.IsCurrent(token)) return CallResult<T>.Failed(new CallTokenExpired(Now, $"{gate.Api}: the token was rejected"));
        if (gate.TryEnter(Now) is { } closed) return CallResult<T>.Failed(closed);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(WeComLimits.RequestTimeoutSeconds), _time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            using var request = message();
            using var response = await _client.SendAsync(request, ending.Token);
            if (!response.IsSuccessStatusCode) return Busy($"HTTP status {(int)response.StatusCode}");
            await using var stream = await response.Content.ReadAsStreamAsync(ending.Token);
            var body = await JsonSerializer.DeserializeAsync(stream, shape, ending.Token);
            return body is null ? Busy("the response is empty") : Judge(gate, body, withToken: token is not null);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Busy($"no response within {WeComLimits.RequestTimeoutSeconds} s");
        }
        catch (HttpRequestException e)
        {
            // The message alone: the URL holds the token or the secret.
            return Busy($"no response ({e.HttpRequestError})");
        }
        catch (JsonException)
        {
            return Busy("the response is not WeCom's JSON");
        }

        CallResult<T> Busy(string reason) => CallResult<T>.Failed(gate.Failed(ErrorKind.Busy, reason, Now));
    }

    private CallResult<T> Judge<T>(ApiGate gate, T body, bool withToken)
        where T : WeComResponse
    {
        var now = Now;
        var kind = WeComErrors.KindOf(body.Code, withToken);
        if (kind == ErrorKind.None)
        {
            gate.Succeeded(now);
            return CallResult<T>.Done(body);
        }

        var message = body.Message ?? string.Empty;
        if (message.Length > WeComLimits.MessageCharactersMax) message = message[..WeComLimits.MessageCharactersMax];
        switch (kind)
        {
            case ErrorKind.Token:
                _budget.AddRejected(now);
                return CallResult<T>.Failed(new CallTokenExpired(now, $"{gate.Api}: WeCom answers {body.Code} ({message})"));
            case ErrorKind.Refused:
                gate.Succeeded(now);
                return CallResult<T>.Failed(new CallRefused(body.Code, message));
            default:
                return CallResult<T>.Failed(gate.Failed(kind, $"WeCom answers {body.Code} ({message})", now));
        }
    }
}
