using System.Diagnostics;
using Grid.Tests.Ingest.Mutations;

namespace Grid.Load.Fuzz;

/// <summary>Sends mutated inputs to running servers over kept connections, and counts what they answer. Exits with 1 after any 5xx.</summary>
internal sealed class MutatedLoad(FuzzOptions options)
{
    private const int ExamplesMax = 20;
    private static readonly TimeSpan AnsweredWithin = TimeSpan.FromSeconds(60);

    private readonly SortedDictionary<int, long> _statuses = [];
    private readonly List<string> _examples = [];
    private readonly Lock _lock = new();
    private long _sent;

    public static async Task<int> Run(FuzzOptions options)
    {
        var load = new MutatedLoad(options);
        var watch = Stopwatch.StartNew();
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = options.Connections, UseProxy = false };
        using var http = new HttpClient(handler) { Timeout = AnsweredWithin };
        using var stopping = new CancellationTokenSource();
        if (options.Seconds < int.MaxValue) stopping.CancelAfter(TimeSpan.FromSeconds(options.Seconds));
        await Task.WhenAll(Enumerable.Range(0, options.Connections).Select(connection => Task.Run(() => load.Send(http, connection, stopping.Token))));
        return load.Report(watch.Elapsed);
    }

    private async Task Send(HttpClient http, int connection, CancellationToken stopping)
    {
        var mutator = new RequestMutator((options.Seed * 1_000) + connection, TimeProvider.System.GetUtcNow());
        while (!stopping.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _sent);
            if (number > options.Inputs) return;
            var mutated = mutator.Next();
            using var message = mutated.ToMessage(options.Servers[(int)(number % options.Servers.Count)]);
            if (options.Key is not null) message.Headers.Authorization = new("Bearer", options.Key);
            Count(await Status(http, message), mutated);
        }
    }

    /// <summary>0 when the server did not answer.</summary>
    private static async Task<int> Status(HttpClient http, HttpRequestMessage message)
    {
        try
        {
            using var answer = await http.SendAsync(message, CancellationToken.None);
            return (int)answer.StatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return 0;
        }
    }

    private void Count(int status, MutatedRequest mutated)
    {
        lock (_lock)
        {
            _statuses[status] = _statuses.GetValueOrDefault(status) + 1;
            if ((status is 0 or >= 500) && _examples.Count < ExamplesMax) _examples.Add($"{status} {mutated}");
        }
    }

    private int Report(TimeSpan took)
    {
        var sent = _statuses.Values.Sum();
        var failed = _statuses.Where(status => status.Key is 0 or >= 500).Sum(status => status.Value);
        Console.WriteLine($"{sent:N0} mutated inputs of seed {options.Seed} in {took.TotalSeconds:N1} s: {sent / took.TotalSeconds:N0}/s");
        foreach (var (status, count) in _statuses) Console.WriteLine($"  {(status == 0 ? "none" : $"{status}"),4}  {count,10:N0}");
        Console.WriteLine($"without an answer or 5xx: {failed:N0}");
        foreach (var example in _examples) Console.WriteLine($"  {example}");
        return failed == 0 ? 0 : 1;
    }
}
