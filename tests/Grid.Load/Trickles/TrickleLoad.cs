using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Grid.Load.Trickles;

/// <summary>
/// Measures whether an honest sender is served beside slow connections: its answers and waits, alone, beside them, and again alone.
/// </summary>
internal sealed class TrickleLoad(TrickleOptions options, HttpClient http)
{
    private const int EventsPerBatch = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    private int _number;

    public static async Task<int> Measure(TrickleOptions options)
    {
        using var http = new HttpClient { BaseAddress = options.Server };
        if (options.Key is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Key);
        var load = new TrickleLoad(options, http);
        await load.Send(TimeSpan.FromSeconds(3));
        var alone = await load.Part("alone");

        var slow = new SlowConnections(options);
        using var stopping = new CancellationTokenSource();
        var running = slow.Run(stopping.Token);
        await load.Send(TimeSpan.FromSeconds(3));
        var (before, watch) = (slow.Bytes, Stopwatch.StartNew());
        var beside = await load.Part($"beside {options.Connections} connections");
        var pace = (slow.Bytes - before) / watch.Elapsed.TotalSeconds / 1_000;
        Console.WriteLine($"the trickle brought {pace:N0} kB/s; the server ended {slow.Ended:N0} connections");
        await stopping.CancelAsync();
        await running;
        Console.WriteLine($"p99 beside the trickle is {beside / alone:N2} of that without");
        return 0;
    }

    private async Task<double> Part(string name)
    {
        var answers = await Send(TimeSpan.FromSeconds(options.Seconds));
        var waits = answers.Select(answer => answer.Milliseconds).Order().ToList();
        var statuses = answers.GroupBy(answer => answer.Status).OrderBy(group => group.Key).Select(group => $"{group.Count():N0} × {group.Key}");
        var p99 = waits[Math.Min(waits.Count - 1, waits.Count * 99 / 100)];
        Console.WriteLine($"{name}: {string.Join(", ", statuses)}; p50 {waits[waits.Count / 2]:N1} ms, p99 {p99:N1} ms, longest {waits[^1]:N1} ms");
        return p99;
    }

    /// <summary>A batch each interval; one that is late is timed from when it was due.</summary>
    private async Task<List<(int Status, double Milliseconds)>> Send(TimeSpan time)
    {
        var answers = new List<(int Status, double Milliseconds)>();
        var (watch, due) = (Stopwatch.StartNew(), TimeSpan.Zero);
        for (; watch.Elapsed < time; due += Interval)
        {
            if (due > watch.Elapsed) await Task.Delay(due - watch.Elapsed, TimeProvider.System);
            using var content = new StringContent(Batch(), Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(new Uri("/v1/batch", UriKind.Relative), content);
            answers.Add(((int)answer.StatusCode, (watch.Elapsed - due).TotalMilliseconds));
        }

        return answers;
    }

    private string Batch()
    {
        var events = Enumerable.Range(0, EventsPerBatch).Select(index =>
            $$"""{"type":"track","userId":"honest-{{(_number + index) % 1_000}}","messageId":"h{{_number + index}}","event":"Comment Added"}""");
        var batch = $$"""{"batch":[{{string.Join(',', events)}}]}""";
        _number += EventsPerBatch;
        return batch;
    }
}
