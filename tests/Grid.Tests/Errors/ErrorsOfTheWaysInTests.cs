using System.Net;
using System.Text;
using Grid.Ingest;
using Grid.Tests.Ingest;
using Shouldly;
using Xunit;

namespace Grid.Tests.Errors;

/// <summary>Each error that concerns a whole request with events, in the language of the request.</summary>
public sealed class ErrorsOfTheWaysInTests
{
    private const string Json = "application/json";
    private const string Lines = "application/x-ndjson";
    private const string Header = "customer_id,order_id,occurred_at,amount";

    public static TheoryData<string, string?, HttpStatusCode, string> Requests { get; } = new()
    {
        { "/v1/track", Json, HttpStatusCode.BadRequest, "" },
        { "/v1/track", Json, HttpStatusCode.BadRequest, "[]" },
        { "/v1/track", Json, HttpStatusCode.BadRequest, "{" },
        { "/v1/track", null, HttpStatusCode.UnsupportedMediaType, "{}" },
        { "/v1/track", "application/xml", HttpStatusCode.UnsupportedMediaType, "{}" },
        { "/v1/import", "application/xml", HttpStatusCode.UnsupportedMediaType, "{}" },
        { "/v1/t", "application/xml", HttpStatusCode.UnsupportedMediaType, "{}" },
        { "/v1/batch", Json, HttpStatusCode.BadRequest, "{}" },
        { "/v1/batch", Json, HttpStatusCode.BadRequest, """{"batch":{}}""" },
        { "/v1/batch", Json, HttpStatusCode.BadRequest, """{"batch":[],"batch":[]}""" },
        { "/v1/import", null, HttpStatusCode.UnsupportedMediaType, "{}" },
        { "/v1/import", "text/csv", HttpStatusCode.BadRequest, "order_id\n" },
        { "/v1/import", "text/csv", HttpStatusCode.BadRequest, "order_id,order_id\n" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task NameWhatIsWrong(string path, string? type, HttpStatusCode status, string body)
    {
        await using var application = await IngestApplication.Start();
        await ShouldAnswer(application, path, status, Encoding.UTF8.GetBytes(body), type);
    }

    [Fact]
    public async Task NameABodyThatIsTooLarge()
    {
        await using var application = await IngestApplication.Start();
        await ShouldAnswer(application, "/v1/track", HttpStatusCode.RequestEntityTooLarge, new byte[IngestLimits.CallBytesMax + 1]);
        var batch = Encoding.UTF8.GetBytes(SomeCalls.Batch([.. Enumerable.Repeat("{}", IngestLimits.BatchEventsMax + 1)]));
        await ShouldAnswer(application, "/v1/batch", HttpStatusCode.RequestEntityTooLarge, batch);
        var row = Encoding.UTF8.GetBytes($"{Header}\n\"{new string('x', IngestLimits.CallBytesMax * 3)}\n");
        await ShouldAnswer(application, "/v1/import", HttpStatusCode.BadRequest, row, "text/csv");
    }

    [Fact]
    public async Task NameACodingThatIsNotTaken()
    {
        await using var application = await IngestApplication.Start();
        await ShouldAnswer(application, "/v1/track", HttpStatusCode.UnsupportedMediaType, "{}"u8.ToArray(), coding: "br");
        await ShouldAnswer(application, "/v1/track", HttpStatusCode.BadRequest, "{}"u8.ToArray(), coding: "gzip");
        await ShouldAnswer(application, "/v1/import", HttpStatusCode.BadRequest, "{}"u8.ToArray(), Lines, coding: "gzip");
        await ShouldAnswer(application, "/v1/track", HttpStatusCode.BadRequest, [(byte)'{', 0xC3, 0x28]);
    }

    [Fact]
    public async Task NameTheMissingKey()
    {
        await using var application = await IngestApplication.Start(options => options.WriteKeys = ["k1"]);
        await ShouldAnswer(application, "/v1/track", HttpStatusCode.Unauthorized, """{"userId":"u1"}"""u8.ToArray());
        await ShouldAnswer(application, "/v1/track", HttpStatusCode.Unauthorized, "{}"u8.ToArray(), key: "Bearer other");
        await ShouldAnswer(application, "/v1/import", HttpStatusCode.Unauthorized, "{}"u8.ToArray(), Lines);
    }

    [Fact]
    public async Task AreWrittenWithoutEscapes()
    {
        await using var application = await IngestApplication.Start();
        using var answer = await Send(application, "/v1/batch", "zh", "{}"u8.ToArray(), Json);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(
            """{"type":"about:blank","title":"请求体无法读取","status":400,"detail":"缺少 batch；请把事件放在 batch 数组里。","place":"$.batch"}""");
    }

    private static Task ShouldAnswer(
        IngestApplication application,
        string path,
        HttpStatusCode status,
        byte[] body,
        string? type = Json,
        string? coding = null,
        string? key = null) =>
        BothLanguages.ShouldAnswer(language => Send(application, path, language, body, type, coding, key), status);

    private static Task<HttpResponseMessage> Send(
        IngestApplication application, string path, string? language, byte[] body, string? type, string? coding = null, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        if (type is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (coding is not null) request.Content.Headers.ContentEncoding.Add(coding);
        if (key is not null) request.Headers.TryAddWithoutValidation("Authorization", key);
        if (language is not null) request.Headers.TryAddWithoutValidation("Accept-Language", language);
        return application.Client.SendAsync(request);
    }
}
