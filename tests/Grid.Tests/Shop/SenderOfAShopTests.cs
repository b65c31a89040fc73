using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Grid.Model.Time;
using Grid.Shop;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Grid.Tests.Shop;

public sealed class SenderOfAShopTests
{
    private readonly RecordingGrid _grid = new();
    private readonly ImpatientTime _time = new(SomeShop.Day(10).ToDateTimeOffset());

    [Fact]
    public async Task SendsEveryEventInOrderInBatches()
    {
        using var client = Client();
        await client.SendUntil(SomeShop.Day(5), CancellationToken.None);
        await client.SendUntil(SomeShop.Day(10), CancellationToken.None);
        var expected = SomeShop.Create().Until(SomeShop.Day(10)).Select(each => each.MessageId).ToList();
        _grid.MessageIdsTaken().ShouldBe(expected);
        client.EventsSent.ShouldBe(expected.Count);
        client.Acknowledged.ShouldBe(SomeShop.Day(10));
        foreach (var body in _grid.Taken)
        {
            var batch = JsonElement.Parse(body);
            batch.GetProperty("batch").GetArrayLength().ShouldBeInRange(1, ShopLimits.BatchEventsMax);
            batch.TryGetProperty("sentAt", out _).ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task WaitsAsLongAsItIsAskedAndSendsTheSameBatchAgain(HttpStatusCode status)
    {
        _grid.Answer(() => Refusal(status, new RetryConditionHeaderValue(TimeSpan.FromSeconds(3))));
        _grid.Answer(() => Refusal(status, new RetryConditionHeaderValue(_time.GetUtcNow().AddSeconds(4))));
        using var client = Client();
        await client.SendUntil(SomeShop.Day(1), CancellationToken.None);
        _time.Pauses.ShouldBe([TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4)]);
        _grid.Calls[1].ShouldBe(_grid.Calls[0]);
        _grid.Calls[2].ShouldBe(_grid.Calls[0]);
        _grid.MessageIdsTaken().ShouldBe(SomeShop.Create().Until(SomeShop.Day(1)).Select(each => each.MessageId));
    }

    [Fact]
    public async Task WaitsLongerEachTimeTheGridCannotBeReached()
    {
        for (var times = 0; times < 9; times++) _grid.Answer(() => throw new HttpRequestException("refused"));
        using var client = Client();
        await client.SendUntil(SomeShop.Day(1), CancellationToken.None);
        _time.Pauses.Take(3).ShouldBe(new[] { 0.2, 0.4, 0.8 }.Select(TimeSpan.FromSeconds));
        _time.Pauses[^1].ShouldBe(TimeSpan.FromSeconds(ShopLimits.RetryPauseSecondsMax));
        _grid.MessageIdsTaken().ShouldBe(SomeShop.Create().Until(SomeShop.Day(1)).Select(each => each.MessageId));
    }

    [Fact]
    public async Task StopsWithTheReasonWhenABatchIsRefusedForGood()
    {
        _grid.Answer(() => new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StringContent("no such currency") });
        using var client = Client();
        var failure = await Should.ThrowAsync<InvalidOperationException>(client.SendUntil(SomeShop.Day(1), CancellationToken.None));
        failure.Message.ShouldContain("400");
        failure.Message.ShouldContain("no such currency");
        client.Acknowledged.ShouldBe(Instant.Beginning);
    }

    [Fact]
    public async Task ShowsItsWriteKey()
    {
        using var client = Client(new ShopClientOptions { WriteKey = "key" });
        await client.SendUntil(SomeShop.Day(1), CancellationToken.None);
        _grid.Credentials[0].ShouldBe("Basic a2V5Og==");
    }

    [Fact]
    public async Task SendsTheOverlapAgainAfterARestartAndNothingBefore()
    {
        var from = SomeShop.Day(8).Plus(-ShopLimits.ResumeOverlapMilliseconds);
        using var client = Client(new ShopClientOptions { AcknowledgedBefore = SomeShop.Day(8) });
        await Run(client);
        var shop = SomeShop.Create();
        shop.SkipTo(from);
        _grid.MessageIdsTaken().ShouldBe(shop.Until(SomeShop.Day(10)).Select(each => each.MessageId));
    }

    [Fact]
    public async Task StopsCleanlyWhileTheGridRefuses()
    {
        _grid.IsFull = true;
        using var client = Client();
        await client.StartAsync(CancellationToken.None);
        await _grid.FirstCall;
        await client.StopAsync(CancellationToken.None);
        client.ExecuteTask!.IsCompletedSuccessfully.ShouldBeTrue();
        _grid.Taken.ShouldBeEmpty();
        client.Acknowledged.ShouldBe(Instant.Beginning);
    }

    /// <summary>Runs the whole loop until everything up to the clock's now is acknowledged.</summary>
    private async Task Run(ShopClient client)
    {
        await client.StartAsync(CancellationToken.None);
        while (client.Acknowledged < Instant.From(_time.GetUtcNow()) && !client.ExecuteTask!.IsCompleted) await Task.Yield();
        await client.StopAsync(CancellationToken.None);
        client.ExecuteTask!.IsCompletedSuccessfully.ShouldBeTrue();
    }

    private ShopClient Client(ShopClientOptions? options = null) => new(
        SomeShop.Create(), _grid.Client(), _time, _time, options ?? new ShopClientOptions(), NullLogger<ShopClient>.Instance);

    private static HttpResponseMessage Refusal(HttpStatusCode status, RetryConditionHeaderValue? retryAfter)
    {
        var response = new HttpResponseMessage(status);
        response.Headers.RetryAfter = retryAfter;
        return response;
    }
}
