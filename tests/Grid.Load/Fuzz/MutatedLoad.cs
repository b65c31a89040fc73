using System.Diagnostics;
using Grid.Testing.Mutations;

namespace Grid.Load.Fuzz;

/// <summary>Sends mutated inputs to running servers over kept connections, and counts what they answer. Exits with 1 after any 5xx.</summary>
internal sealed class MutatedLoad(FuzzOptions options)
{
    private const int ExamplesMax = 20;
    private const int AnswerShownMax = 300;
    private static readonly TimeSpan AnsweredWithin = TimeSpan.FromSeconds(60);

    private readonly SortedDictionary<int, long> _statuses = [];
    private readonly List<string> _examples = [];
    private readonly Lock _lock = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private long _sent;

    public static async Task<int> Run(FuzzOptions options)
    {
        var load = new MutatedLoad(options);
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = options.Connections, UseProxy = false };
        using var http = new HttpClient(handler) { Timeout = AnsweredWithin };
        using var stopping = new CancellationTokenSource();
        if (options.Seconds < int.MaxValue) stopping.CancelAfter(TimeSpan.FromSeconds(options.Seconds));
        await Task.WhenAll(Enumerable.Range(0, options.Connections).Select(connection => Task.Run(() => load.Send(http, connection, stopping.Token))));
        return load.Report();
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
            var (status, answer) = await Answer(http, message);
            Count(status, answer, mutated);
        }
    }

    /// <returns>Status 0 and the reason when the server did not answer. The text of an answer is read only where it is a 5xx.</returns>
    private static async Task<(int Status, string Text)> Answer(HttpClient http, HttpRequestMessage message)
    {
        try
        {
            using var answer = await http.SendAsync(message, CancellationToken.None);
            var status = (int)answer.StatusCode;
            return (status, status >= 500 ? await answer.Content.ReadAsStringAsync(CancellationToken.None) : "");
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return (0, exception.Message);
        }
    }

    private void Count(int status, string answer, MutatedRequest mutated)
    {
        lock (_lock)
        {
            _statuses[status] = _statuses.GetValueOrDefault(status) + 1;
            if (status is not 0 and < 500) return;
            var example = $"after {_watch.Elapsed.TotalSeconds:N1} s: {status} {answer[..Math.Min(answer.Length, AnswerShownMax)]} to {mutated}";
            if (_examples.Count < ExamplesMax) _examples.Add(example);
        }
    }

    private int Report()
    {
        var took = _watch.Elapsed;
        var sent = _statuses.Values.Sum();
        var failed = _statuses.Where(status => status.Key is 0 or >= 500).Sum(status => status.Value);
        Console.WriteLine($"{sent:N0} mutated inputs of seed {options.Seed} in {took.TotalSeconds:N1} s: {sent / took.TotalSeconds:N0}/s");
        foreach (var (status, count) in _statuses) Console.WriteLine($"  {(status == 0 ? "none" : $"{status}"),4}  {count,10:N0}");
        Console.WriteLine($"without an answer or 5xx: {failed:N0}");
        foreach (var example in _examples) Console.WriteLine($"  {example}");
        return failed == 0 ? 0 : 1;
    }
}
