using System.Net;
using System.Text;
using Grid.Testing;
using Shouldly;

namespace Grid.Simulation.Workloads;

/// <summary>
/// Sends a workload in batches over several connections and records the answers. The outcome of a batch without a successful answer is unknown: the
/// loader sends it again, as a real client does. Sometimes it repeats an earlier message without a reason.
/// </summary>
internal sealed class Loader(Workload workload, Random random)
{
    private const int Connections = 6;
    private const int BatchMax = 60;

    // Guards the fields below.
    private readonly Lock _gate = new();
    private readonly List<Message> _sent = [];
    private readonly HashSet<Message> _acknowledged = [];
    private readonly Queue<Message[]> _unknown = new();
    private readonly List<(TimeSpan Took, bool Answered)> _answers = [];
    private int _batches;

    /// <summary>Every message that the server may have.</summary>
    public IReadOnlyList<Message> Sent => _sent;

    /// <summary>Every message that the server must have.</summary>
    public IReadOnlySet<Message> Acknowledged => _acknowledged;

    /// <summary>The number of batches that got no answer.</summary>
    public int Unanswered { get; private set; }

    /// <summary>The number of messages sent more than once.</summary>
    public int Repeated { get; private set; }

    /// <summary>Sends until this many batches are answered, then kills the server while others are under way.</summary>
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

    /// <summary>Sends to servers that start and stop, until the stop. A server that dies costs a batch its answer.</summary>
    /// <param name="pick">Gives a running server.</param>
    /// <param name="rest">The pause of each connection between two batches, so that the faults and the servers share the machine.</param>
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

    /// <summary>The duration of each batch of <see cref="SendUntil"/>, and whether it was answered.</summary>
    public IReadOnlyList<(TimeSpan Took, bool Answered)> Answers
    {
        get
        {
            lock (_gate) return [.. _answers];
        }
    }

    /// <summary>Sends every message of unknown outcome until all are acknowledged.</summary>
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

            // Refusals of a full or stopping server are valid answers; any other failure is a fault of the server.
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
