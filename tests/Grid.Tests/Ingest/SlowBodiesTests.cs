using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using Grid.Grains.Clocks;
using Grid.Ingest;
using Grid.Ingest.Bodies;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ingest;

/// <summary>Bodies that are announced and then sent byte by byte: they hold no room that others need, and the server ends them.</summary>
public sealed class SlowBodiesTests
{
    private const string Page = """{"type":"page","userId":"u1"}""";

    [Fact]
    public async Task HoldRoomForWhatHasComeOnly()
    {
        await using var application = await IngestApplication.Start(options => options.BytesInFlightMax = 64 * 1024);
        var slow = Enumerable.Range(0, 8).Select(_ => new SlowBody(application, announced: 30_000)).ToList();
        foreach (var body in slow) await body.Bring(100);
        Wait(application, 800);

        using var honest = await application.Post("/v1/page", Page);
        honest.StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var body in slow) await body.End();
        Wait(application, 0);
    }

    [Fact]
    public async Task WithoutAKeyHoldASixteenthOfTheRoom()
    {
        await using var application = await IngestApplication.Start(options =>
        {
            options.WriteKeys = ["k"];
            options.BytesInFlightMax = 160_000;
        });
        var first = new SlowBody(application, announced: 30_000);
        await first.Bring(9_000);
        Wait(application, 9_000);

        var second = new SlowBody(application, announced: 30_000);
        await second.Bring(2_000);
        (await second.Answer).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        using var keyed = await application.Post("/v1/page", System.Text.Encoding.UTF8.GetBytes(Page.PadRight(20_000)), authorization: "Bearer k");
        keyed.StatusCode.ShouldBe(HttpStatusCode.OK);

        await first.End();
        Wait(application, 0);
        var whole = $$"""{"type":"page","userId":"u1","writeKey":"k"}""".PadRight(9_500);
        using var keyInBody = await application.Post("/v1/page", whole);
        keyInBody.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var again = await application.Post("/v1/page", whole.Replace("\"k\"", "\"x\"", StringComparison.Ordinal));
        again.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        Wait(application, 0);
    }

    [Fact]
    public async Task EndWhenTheyBringLessThanTheyMust()
    {
        var time = new SimulatedClock(SomeCalls.ReceivedAt.ToDateTimeOffset());
        var (pipe, gate) = (new Pipe(new PipeOptions(pauseWriterThreshold: 0)), new IngestGate(new IngestOptions()));
        using var pass = gate.Enter();
        await pipe.Writer.WriteAsync(new byte[200_000]);
        var reading = PooledBody.Read(pipe.Reader.AsStream(), 0, 500_000, pass, time, CancellationToken.None).AsTask();
        SpinWait.SpinUntil(() => time.NextDue is not null, TimeSpan.FromSeconds(20)).ShouldBeTrue();

        // The bytes sent at once count only for their own window.
        var window = TimeSpan.FromSeconds(IngestLimits.BodyWindowSeconds);
        time.Advance(window);
        reading.IsCompleted.ShouldBeFalse();
        time.Advance(window);
        (await reading).ShouldBe(new BodyReading(null, BodyEnd.TooSlow));
    }

    [Fact]
    public async Task AreTakenWhenTheyBringWhatTheyMust()
    {
        var time = new SimulatedClock(SomeCalls.ReceivedAt.ToDateTimeOffset());
        var (pipe, gate) = (new Pipe(), new IngestGate(new IngestOptions()));
        using var pass = gate.Enter();
        var window = IngestLimits.BodyBytesPerSecondMin * IngestLimits.BodyWindowSeconds;
        var reading = PooledBody.Read(pipe.Reader.AsStream(), 0, 500_000, pass, time, CancellationToken.None).AsTask();
        for (var come = window; come <= 5 * window; come += window)
        {
            await pipe.Writer.WriteAsync(new byte[window]);
            SpinWait.SpinUntil(() => gate.BytesInFlight == come, TimeSpan.FromSeconds(20)).ShouldBeTrue();
            time.Advance(TimeSpan.FromSeconds(IngestLimits.BodyWindowSeconds));
        }

        await pipe.Writer.CompleteAsync();
        var (body, end) = await reading;
        end.ShouldBe(BodyEnd.Whole);
        body!.Bytes.Length.ShouldBe(5 * window);
        body.Dispose();
    }

    private static void Wait(IngestApplication application, long bytes) =>
        SpinWait.SpinUntil(() => application.Gate.BytesInFlight == bytes, TimeSpan.FromSeconds(20))
            .ShouldBeTrue($"{application.Gate.BytesInFlight} bytes in flight instead of {bytes}");

    /// <summary>A call that announces its length and sends only the bytes that the test gives.</summary>
    private sealed class SlowBody
    {
        private readonly Pipe _pipe = new();

        public SlowBody(IngestApplication application, int announced)
        {
            var content = new StreamContent(_pipe.Reader.AsStream());
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            content.Headers.ContentLength = announced;
            Answer = application.Client.PostAsync(new Uri("/v1/page", UriKind.Relative), content);
        }

        public Task<HttpResponseMessage> Answer { get; }

        public async Task Bring(int bytes) => await _pipe.Writer.WriteAsync(System.Text.Encoding.UTF8.GetBytes(new string(' ', bytes)));

        public async Task End()
        {
            await _pipe.Writer.CompleteAsync();
            using var answer = await Answer;
        }
    }
}
