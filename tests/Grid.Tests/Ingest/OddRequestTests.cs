using System.Net;
using System.Text;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ingest;

/// <summary>Requests with an invalid size, coding, type or key.</summary>
public sealed class OddRequestTests
{
    private static readonly byte[] Page = """{"type":"page","userId":"u1"}"""u8.ToArray();

    [Theory]
    [InlineData("/v1/page", 32 * 1024)]
    [InlineData("/v1/batch", 500 * 1024)]
    public async Task LargerThanTheLimitIs413AndAtTheLimitItIsTaken(string path, int max)
    {
        await using var application = await IngestApplication.Start();
        var call = path == "/v1/page" ? """{"userId":"u1"}""" : """{"batch":[]}""";
        using var atLimit = await application.Post(path, Encoding.UTF8.GetBytes(call.PadRight(max)));
        atLimit.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var beyond = await application.Post(path, Encoding.UTF8.GetBytes(call.PadRight(max + 1)));
        await PostedCallsTests.ShouldBeProblem(beyond, HttpStatusCode.RequestEntityTooLarge, null);
    }

    [Fact]
    public async Task OfOneMegabyteOfTextIs413()
    {
        await using var application = await IngestApplication.Start();
        var body = Encoding.UTF8.GetBytes($$"""{"batch":[{"type":"page","userId":"{{new string('x', 1_000_000)}}"}]}""");
        using var response = await application.Post("/v1/batch", body);
        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task WithoutItsLengthSaidIs413WhenItTurnsOutTooLarge()
    {
        await using var application = await IngestApplication.Start();
        using var content = new StreamContent(new EndlessStream());
        content.Headers.ContentType = new("application/json");
        using var response = await application.Client.PostAsync("/v1/batch", content);
        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        application.Gate.BytesInFlight.ShouldBe(0);
    }

    [Fact]
    public async Task InGzipIsTaken()
    {
        await using var application = await IngestApplication.Start();
        using var response = await application.Post("/v1/page", IngestApplication.Gzip(Page), coding: "gzip");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        application.Grains.FactsOf("u1").Count().ShouldBe(1);
    }

    [Fact]
    public async Task ThatIsAGzipBombIs413()
    {
        await using var application = await IngestApplication.Start();
        var bomb = IngestApplication.Gzip(new byte[32 * 1024 * 1024]);
        bomb.Length.ShouldBeLessThan(400 * 1024);
        using var response = await application.Post("/v1/batch", bomb, coding: "gzip");
        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task ThatIsNoGzipIs400()
    {
        await using var application = await IngestApplication.Start();
        using var response = await application.Post("/v1/page", Page, coding: "gzip");
        await PostedCallsTests.ShouldBeProblem(response, HttpStatusCode.BadRequest, null);
    }

    [Fact]
    public async Task ThatIsCutOffGzipIs400()
    {
        await using var application = await IngestApplication.Start();
        var whole = IngestApplication.Gzip(Page);
        using var response = await application.Post("/v1/page", whole[..(whole.Length / 2)], coding: "gzip");
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task InAnotherCodingIs415AndTellsGzip()
    {
        await using var application = await IngestApplication.Start();
        using var response = await application.Post("/v1/page", Page, coding: "br");
        await PostedCallsTests.ShouldBeProblem(response, HttpStatusCode.UnsupportedMediaType, null);
        response.Headers.GetValues("Accept-Encoding").ShouldBe(["gzip"]);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8", HttpStatusCode.OK)]
    [InlineData("text/plain;charset=UTF-8", HttpStatusCode.OK)]
    [InlineData("application/x-www-form-urlencoded", HttpStatusCode.OK)]
    [InlineData(null, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/xml", HttpStatusCode.UnsupportedMediaType)]
    public async Task IsHeldToItsType(string? type, HttpStatusCode expected)
    {
        await using var application = await IngestApplication.Start();
        using var response = await application.Post("/v1/page", Page, type);
        response.StatusCode.ShouldBe(expected);
    }

    [Theory]
    [InlineData("Basic azE6", HttpStatusCode.OK)]
    [InlineData("Basic azI6cGFzcw==", HttpStatusCode.OK)]
    [InlineData("Bearer k1", HttpStatusCode.OK)]
    [InlineData("Basic a3g6", HttpStatusCode.Unauthorized)]
    [InlineData("Basic ***", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer k", HttpStatusCode.Unauthorized)]
    [InlineData("Digest k1", HttpStatusCode.Unauthorized)]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    public async Task ShowsAKnownKey(string? authorization, HttpStatusCode expected)
    {
        await using var application = await IngestApplication.Start(options => options.WriteKeys = ["k1", "k2"]);
        using var call = await application.Post("/v1/page", Page, authorization: authorization);
        call.StatusCode.ShouldBe(expected);
        using var import = await application.Post("/v1/import", Page, "application/x-ndjson", authorization: authorization);
        import.StatusCode.ShouldBe(expected);
        if (expected == HttpStatusCode.Unauthorized) call.Headers.WwwAuthenticate.ToString().ShouldBe("Basic realm=\"grid\"");
        application.Grains.Calls.Count.ShouldBe(expected == HttpStatusCode.OK ? 2 : 0);
    }

    [Theory]
    [InlineData("k2", HttpStatusCode.OK)]
    [InlineData("kx", HttpStatusCode.Unauthorized)]
    public async Task MayShowItsKeyInTheBody(string key, HttpStatusCode expected)
    {
        await using var application = await IngestApplication.Start(options => options.WriteKeys = ["k1", "k2"]);
        using var single = await application.Post("/v1/page", $$"""{"userId":"u1","writeKey":"{{key}}"}""");
        single.StatusCode.ShouldBe(expected);
        using var batch = await application.Post("/v1/batch", $$"""{"batch":[],"writeKey":"{{key}}"}""");
        batch.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task WithAWrongKeyInTheHeaderIsNotSavedByTheBody()
    {
        await using var application = await IngestApplication.Start(options => options.WriteKeys = ["k1"]);
        using var response = await application.Post(
            "/v1/page", """{"userId":"u1","writeKey":"k1"}"""u8.ToArray(), authorization: "Basic a3g6");
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private sealed class EndlessStream : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)' ');
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
