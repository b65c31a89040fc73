using System.Net.Http.Headers;
using System.Text;
using Grid.Model.Time;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Grid.Shop;

/// <summary>The settings for sending the shop's events to a grid.</summary>
internal sealed record ShopClientOptions
{
    /// <summary>Events delivered up to this instant are known to be accepted: <see cref="ShopClient.Acknowledged"/> of an earlier run.</summary>
    public Instant AcknowledgedBefore { get; init; } = Instant.Beginning;

    /// <summary>The key for Basic authentication; null when the server requires none.</summary>
    public string? WriteKey { get; init; }
}

/// <summary>
/// Sends the shop's events to a grid over HTTP as any client would: batches in order of delivery, each repeated until it is acknowledged. Events are
/// sampled only when they can be sent: while the grid is slow, the shop waits.
/// </summary>
/// <param name="http">Its base address is the grid's.</param>
/// <param name="clock">The shop's time, usually faster than the real one.</param>
/// <param name="realTime">The clock for polls and for pauses between attempts.</param>
internal sealed class ShopClient(
    SimulatedShop shop, HttpClient http, TimeProvider clock, TimeProvider realTime, ShopClientOptions options, ILogger<ShopClient> logger)
    : BackgroundService
{
    private readonly ShopBatch _batch = new();
    private long _acknowledged = options.AcknowledgedBefore.Milliseconds;
    private long _eventsSent;

    /// <summary>The grid has acknowledged everything delivered up to this instant.</summary>
    public Instant Acknowledged => new(Interlocked.Read(ref _acknowledged));

    /// <summary>Events acknowledged in this run, re-deliveries counted.</summary>
    public long EventsSent => Interlocked.Read(ref _eventsSent);

    public override void Dispose()
    {
        _batch.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            Resume();
            while (true)
            {
                await SendUntil(Instant.From(clock.GetUtcNow()), stoppingToken);
                await Task.Delay(TimeSpan.FromMilliseconds(ShopLimits.PollMilliseconds), realTime, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            logger.LogInformation("The shop closes; everything up to {Acknowledged} is acknowledged", Acknowledged);
        }
    }

    /// <summary>Sends everything delivered up to <paramref name="now"/> and returns when all of it is acknowledged.</summary>
    internal async Task SendUntil(Instant now, CancellationToken cancel)
    {
        foreach (var shopEvent in shop.Until(now))
        {
            _batch.Add(shopEvent);
            if (_batch.IsFull) await SendBatch(cancel);
        }

        if (_batch.Events > 0) await SendBatch(cancel);
        if (now > Acknowledged) Interlocked.Exchange(ref _acknowledged, now.Milliseconds);
    }

    private void Resume()
    {
        if (options.AcknowledgedBefore == Instant.Beginning) return;
        var from = options.AcknowledgedBefore.Plus(-ShopLimits.ResumeOverlapMilliseconds);
        var skipped = shop.SkipTo(from);
        logger.LogInformation("The shop goes on from {From}, {Skipped} events later", from, skipped);
    }

    private async Task SendBatch(CancellationToken cancel)
    {
        var body = _batch.Close();
        for (var attempt = 0; ; attempt++)
        {
            var pause = await Attempt(body, attempt, cancel);
            if (pause is null) break;
            await Task.Delay(pause.Value, realTime, cancel);
        }

        Interlocked.Add(ref _eventsSent, _batch.Events);
        // Events of the same millisecond can still be in the next batch.
        if (_batch.LastDeliveredAt > Acknowledged) Interlocked.Exchange(ref _acknowledged, _batch.LastDeliveredAt.Milliseconds - 1);
        _batch.Clear();
    }

    /// <summary>Null when the batch is acknowledged, else the pause before it is sent again.</summary>
    private async Task<TimeSpan?> Attempt(ReadOnlyMemory<byte> body, int attempt, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(ShopLimits.RequestTimeoutSeconds), realTime);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            using var request = RequestOf(body);
            using var response = await http.SendAsync(request, either.Token);
            if (response.IsSuccessStatusCode) return null;
            if (!ShopRetry.IsTemporary(response.StatusCode)) await Fail(response, either.Token);
            return ShopRetry.Pause(attempt, response.Headers.RetryAfter, realTime.GetUtcNow());
        }
        catch (HttpRequestException failure)
        {
            logger.LogDebug(failure, "The grid cannot be reached; attempt {Attempt}", attempt);
            return ShopRetry.Pause(attempt, null, realTime.GetUtcNow());
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return ShopRetry.Pause(attempt, null, realTime.GetUtcNow());
        }
    }

    private HttpRequestMessage RequestOf(ReadOnlyMemory<byte> body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/batch") { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (options.WriteKey is { } key)
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(key + ":")));
        return request;
    }

    /// <summary>The grid will never accept this batch: continuing would lose it, so the shop stops with the reason.</summary>
    private static async Task Fail(HttpResponseMessage response, CancellationToken cancel)
    {
        var answer = await response.Content.ReadAsStringAsync(cancel);
        if (answer.Length > ShopLimits.QuotedAnswerCharactersMax) answer = answer[..ShopLimits.QuotedAnswerCharactersMax];
        throw new InvalidOperationException($"The grid refused a batch of the shop with {(int)response.StatusCode}: {answer}");
    }
}
