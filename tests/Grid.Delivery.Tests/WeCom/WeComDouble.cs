using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Grid.Delivery.WeCom;
using Grid.Model.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Grid.Delivery.Tests.WeCom;

/// <summary>
/// Stands in for WeCom on a loopback port: its shapes, tokens, limits and codes, by a clock that a test moves. It refuses what WeCom refuses and counts what it
/// saw.
/// </summary>
internal sealed partial class WeComDouble : IAsyncDisposable
{
    public const string CorpId = "ww0123456789abcdef";
    public const string Secret = "the-secret-of-the-app";
    public const int WrongCallsThatBlock = 2_000;

    private readonly Lock _lock = new();
    private readonly ManualClock _clock;
    private readonly WebApplication _application;
    private readonly Dictionary<string, Queue<Instant>> _calls = [];
    private readonly Dictionary<string, int> _counts = [];
    private readonly Dictionary<string, Queue<Func<HttpContext, Task>>> _scripts = [];
    private readonly Queue<Instant> _wrongCalls = new();
    private readonly Dictionary<string, Instant> _tokens = [];
    private TaskCompletionSource? _hold;
    private Instant _blockedUntil;
    private int _inside;

    private WeComDouble(ManualClock clock)
    {
        _clock = clock;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _application = builder.Build();
        _application.Run(HandleAsync);
    }

    public Uri Url => new(_application.Urls.Single());

    public int CallsPerMinute { get; set; } = 10_000;

    public TimeSpan TokenLife { get; set; } = TimeSpan.FromSeconds(7_200);

    /// <summary>Every token is rejected, as after a change that WeCom alone knows of.</summary>
    public bool RejectsEveryToken { get; set; }

    public int WrongCalls { get; private set; }

    public bool WasBlocked { get; private set; }

    public int MostAtOnce { get; private set; }

    /// <summary>The codes other than 0 that it answered, in order.</summary>
    public List<int> Codes { get; } = [];

    /// <summary>Bodies of the requests, in order.</summary>
    public List<string> Bodies { get; } = [];

    public static async Task<WeComDouble> StartAsync(ManualClock clock)
    {
        var made = new WeComDouble(clock);
        await made._application.StartAsync();
        return made;
    }

    /// <summary>Requests of an API so far, refused ones included.</summary>
    public int CallsOf(string api)
    {
        lock (_lock) return _counts.GetValueOrDefault(api);
    }

    /// <summary>Answers the next requests of an API with a code.</summary>
    public void Answer(string api, int code, int times = 1)
    {
        for (var i = 0; i < times; i++) Answer(api, context => WriteAsync(context, Error(code)));
    }

    /// <summary>Answers the next request of an API in a way of its own.</summary>
    public void Answer(string api, Func<HttpContext, Task> response)
    {
        lock (_lock)
        {
            if (!_scripts.TryGetValue(api, out var scripts)) _scripts[api] = scripts = new Queue<Func<HttpContext, Task>>();
            scripts.Enqueue(response);
        }
    }

    /// <summary>Ends the life of all tokens before its time.</summary>
    public void DropTokens()
    {
        lock (_lock) _tokens.Clear();
    }

    /// <summary>Keeps requests that passed all checks waiting until <see cref="Release"/>.</summary>
    public void Hold()
    {
        lock (_lock) _hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Release()
    {
        lock (_lock)
        {
            _hold?.SetResult();
            _hold = null;
        }
    }

    /// <summary>Completes when that many requests are kept waiting.</summary>
    public async Task HeldAsync(int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Volatile.Read(ref _held) < count) await _heldChanged.WaitAsync(patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        Release();
        await _application.DisposeAsync();
        _heldChanged.Dispose();
    }

    private int _held;
    private readonly SemaphoreSlim _heldChanged = new(0);

    private async Task HandleAsync(HttpContext context)
    {
        var api = context.Request.Path.Value!.Replace("/cgi-bin/", string.Empty);
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        TaskCompletionSource? hold;
        Func<HttpContext, Task>? script = null;
        lock (_lock)
        {
            _inside++;
            MostAtOnce = Math.Max(MostAtOnce, _inside);
            _counts[api] = _counts.GetValueOrDefault(api) + 1;
            if (body.Length > 0) Bodies.Add(body);
            hold = _hold;
        }

        try
        {
            if (Refusal(context, api, body) is { } code)
            {
                await WriteAsync(context, Error(code));
                return;
            }

            if (hold is not null)
            {
                Interlocked.Increment(ref _held);
                _heldChanged.Release();
                await hold.Task;
            }

            lock (_lock)
            {
                if (_scripts.TryGetValue(api, out var scripts)) scripts.TryDequeue(out script);
            }

            if (script is not null) await script(context);
            else await WriteAsync(context, Behave(context, api, body));
        }
        finally
        {
            lock (_lock) _inside--;
        }
    }

    /// <summary>What WeCom checks before it looks at what is wanted.</summary>
    private int? Refusal(HttpContext context, string api, string body)
    {
        lock (_lock)
        {
            var now = _clock.Now;
            if (now < _blockedUntil) return WeComErrors.FrequencyLimit;
            if (!_calls.TryGetValue(api, out var calls)) _calls[api] = calls = new Queue<Instant>();
            while (calls.TryPeek(out var first) && first <= now.Plus(-MillisecondsPer.Minute)) calls.Dequeue();
            if (calls.Count >= CallsPerMinute) return WeComErrors.FrequencyLimit;
            calls.Enqueue(now);
            if (_inside > 5) return WeComErrors.ConcurrencyLimit;

            // By its documentation WeCom refuses escaped characters.
            if (body.Contains("\\u")) return WeComErrors.EscapedCharacters;
            if (api == "gettoken") return null;
            return TokenRefusal(context.Request.Query["access_token"].ToString(), now);
        }
    }

    private int? TokenRefusal(string token, Instant now)
    {
        var known = _tokens.TryGetValue(token, out var expiresAt);
        if (known && now < expiresAt && !RejectsEveryToken) return null;
        CountWrongCall(now);
        return known && !RejectsEveryToken ? WeComErrors.ExpiredToken : WeComErrors.InvalidToken;
    }

    private void CountWrongCall(Instant now)
    {
        WrongCalls++;
        _wrongCalls.Enqueue(now);
        while (_wrongCalls.Peek() <= now.Plus(-MillisecondsPer.Hour)) _wrongCalls.Dequeue();
        if (_wrongCalls.Count < WrongCallsThatBlock) return;
        _blockedUntil = now.Plus(MillisecondsPer.Hour);
        WasBlocked = true;
    }

    private static JsonObject Error(int code) => new() { ["errcode"] = code, ["errmsg"] = code == 0 ? "ok" : $"error {code}" };

    private async Task WriteAsync(HttpContext context, JsonObject body)
    {
        var code = (int)body["errcode"]!;
        lock (_lock)
        {
            if (code != 0) Codes.Add(code);
        }

        context.Response.ContentType = "application/json; charset=UTF-8";
        await context.Response.WriteAsync(body.ToJsonString(JsonSerializerOptions.Default));
    }
}
