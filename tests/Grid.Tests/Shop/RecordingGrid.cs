using System.Net;
using System.Text;
using System.Text.Json;

namespace Grid.Tests.Shop;

/// <summary>A grid's HTTP front that records every call and gives the configured answers, else 200.</summary>
internal sealed class RecordingGrid : HttpMessageHandler
{
    private readonly Queue<Func<HttpResponseMessage>> _answers = new();
    private readonly TaskCompletionSource _firstCall = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The bodies of all calls, regardless of their answers.</summary>
    public List<string> Calls { get; } = [];

    public List<string> Taken { get; } = [];

    public List<string?> Credentials { get; } = [];

    public Task FirstCall => _firstCall.Task;

    /// <summary>While true, calls without a configured answer get 503.</summary>
    public bool IsFull { get; set; }

    public void Answer(Func<HttpResponseMessage> answer) => _answers.Enqueue(answer);

    public HttpClient Client() => new(this, disposeHandler: false) { BaseAddress = new Uri("http://127.0.0.1") };

    public List<string> MessageIdsTaken() =>
    [
        .. Taken.SelectMany(body => JsonElement.Parse(body).GetProperty("batch").EnumerateArray()
            .Select(call => call.GetProperty("messageId").GetString()!)),
    ];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri!.AbsolutePath != "/v1/batch") return new HttpResponseMessage(HttpStatusCode.NotFound);
        var body = Encoding.UTF8.GetString(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
        Calls.Add(body);
        Credentials.Add(request.Headers.Authorization?.ToString());
        _firstCall.TrySetResult();
        var response = _answers.TryDequeue(out var answer) ? answer() : new HttpResponseMessage(
            IsFull ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK);
        if (response.IsSuccessStatusCode) Taken.Add(body);
        return response;
    }
}
