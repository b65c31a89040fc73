using System.Net;
using System.Text;
using Shouldly;

namespace Grid.Simulation.Workloads;

/// <summary>
/// Sends a workload in batches over several connections and remembers what was answered. A batch without an answer of success is
/// unknown: it is sent again, as a real client does. Now and then something that was sent before is sent again for no reason at all.
/// </summary>
internal sealed class Loader(Workload workload, Random random)
{
    private const int Connections = 6;
    private const int BatchMax = 60;

    // Guards everything below.
    private readonly Lock _gate = new();
    private readonly List<Message> _sent = [];
    private readonly HashSet<Message> _acknowledged = [];
    private readonly Queue<Message[]> _unknown = new();
    private readonly List<(TimeSpan Took, bool Answered)> _answers = [];
    private int _batches;

    /// <summary>Every message that may be known to the server.</summary>
    public IReadOnlyList<Message> Sent => _sent;

    /// <summary>Every message that must be known to the server.</summary>
    public IReadOnlySet<Message> Acknowledged => _acknowledged;

    /// <summary>Batches without an answer, over all times.</summary>
    public int Unanswered { get; private set; }

    /// <summary>Messages sent again although they were sent before.</summary>
    public int Repeated { get; private set; }

    /// <summary>Sends until so many batches were answered, then kills the server while others are on their way.</summary>
    public async Task SendUntilKilled(HttpClient http, int batches, Action kill)
    {
        _batches = 0;
        var turns = random.Next(2_000);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var killed = new CancellationTokenSource();
        var connections = Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            while (!killed.IsCancellationRequested && await Send(http, NewBatch()))
                if (Interlocked.Increment(ref _batches) == batches)
                    reached.TrySetResult();
        })).ToList();
        await Task.WhenAny(reached.Task, Task.WhenAll(connections)).WaitFor($"{batches} batches to be answered");
        reached.Task.IsCompleted.ShouldBeTrue("the server stopped answering before it was killed");
        for (; turns > 0; turns--) await Task.Yield();
        kill();
        await killed.CancelAsync();
        await Task.WhenAll(connections).WaitFor("the connections to notice that the server is gone");
    }

    /// <summary>Sends to servers that come and go until it is told to stop. A server that is gone costs a batch its answer.</summary>
    /// <param name="pick">A server that is there now.</param>
    /// <param name="rest">Of each connection between two batches, so that the servers share the machine with what is done to them.</param>
    /// <param name="stop">Ends it after the batches under way.</param>
    public Task SendUntil(Func<HttpClient> pick, TimeSpan rest, CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(
        async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var batch = NewBatch();
                var began = TimeProvider.System.GetTimestamp();
                var answered = await Send(pick(), batch);
                lock (_gate) _answers.Add((TimeProvider.System.GetElapsedTime(began), answered));
                await Task.Delay(rest, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        },
        CancellationToken.None)));

    /// <summary>How long each batch of <see cref="SendUntil"/> took, and whether it was answered at all.</summary>
    public IReadOnlyList<(TimeSpan Took, bool Answered)> Answers
    {
        get
        {
            lock (_gate) return [.. _answers];
        }
    }

    /// <summary>Sends what is unknown until nothing is.</summary>
    public async Task SendUnknown(HttpClient http)
    {
        while (Next() is { } batch) (await Send(http, batch)).ShouldBeTrue("nothing kills the server now");

        Message[]? Next()
        {
            lock (_gate) return _unknown.TryDequeue(out var batch) ? batch : null;
        }
    }

    private Message[] NewBatch()
    {
        lock (_gate)
        {
            if (_unknown.TryDequeue(out var again)) return again;
            var batch = new Message[random.Next(1, BatchMax)];
            for (var index = 0; index < batch.Length; index++)
            {
                if (_sent.Count > 0 && random.Next(10) == 0)
                {
                    batch[index] = _sent[random.Next(_sent.Count)];
                    Repeated++;
                }
                else
                {
                    batch[index] = workload.Next();
                    _sent.Add(batch[index]);
                }
            }

            return batch;
        }
    }

    private async Task<bool> Send(HttpClient http, Message[] batch)
    {
        var json = $$"""{"batch":[{{string.Join(',', batch.Select(message => message.ToJson()))}}]}""";
        try
        {
            using var answer = await http.PostAsync("/v1/batch", new StringContent(json, Encoding.UTF8, "application/json"));
            lock (_gate)
            {
                if (answer.StatusCode == HttpStatusCode.OK) _acknowledged.UnionWith(batch);
                else _unknown.Enqueue(batch);
            }

            // Full or shutting down is an answer too; anything else is a fault of the server's.
            answer.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.ServiceUnavailable);
            return true;
        }
        catch (Exception gone) when (gone is HttpRequestException or ObjectDisposedException or OperationCanceledException)
        {
            lock (_gate)
            {
                _unknown.Enqueue(batch);
                Unanswered++;
            }

            return false;
        }
    }
}
