using System.Diagnostics;

namespace Grid.Load.Http;

/// <summary>
/// Sends events from several connections at a steady rate below the machine's capacity, and measures how long their batches waited in a span of time.
/// Two spans are of the same run, so the ratio of their waits holds on a shared machine.
/// </summary>
internal sealed class SteadyLoad : IAsyncDisposable
{
    public const int EventsPerSecond = 2_000;

    private const int BatchesPerConnection = 64;

    private readonly CancellationTokenSource _stopping = new();
    private readonly BatchSender[] _senders;
    private readonly Task[] _running;

    public SteadyLoad(MeasuredServer server, HttpCostOptions options)
    {
        var random = new Random(7);
        var interval = TimeSpan.FromSeconds((double)PreparedBatch.Events * options.Connections / EventsPerSecond);
        _senders = [.. Enumerable.Range(0, options.Connections).Select(connection => new BatchSender(
            server.Port,
            [.. Enumerable.Range(0, BatchesPerConnection).Select(number =>
                PreparedBatch.Write(random, options.Customers, (connection * BatchesPerConnection) + number))],
            interval))];

        // Rounds differ from run to run, so that a folder that is used again sees new events.
        var first = (uint)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        _running = [.. _senders.Select(sender => Task.Run(() => sender.Run(first, _stopping.Token)))];
    }

    public static async Task<(long From, long To)> Span(Func<Task> what)
    {
        var from = Stopwatch.GetTimestamp();
        await what();
        return (from, Stopwatch.GetTimestamp());
    }

    public static Task Pass(int seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);

    /// <summary>Lets the last batches be answered. Fails when any was not answered with success.</summary>
    public async Task Stop()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running);
    }

    /// <summary>Milliseconds each batch of a span took, shortest first. After <see cref="Stop"/> only.</summary>
    public double[] Waits((long From, long To) span) =>
    [
        .. _senders.SelectMany(sender => sender.Times).Where(time => time.At >= span.From && time.At < span.To)
            .Select(time => time.Took * 1_000.0 / Stopwatch.Frequency).Order(),
    ];

    /// <param name="quiet">Whose waits the others are divided by.</param>
    public static void Say(string name, double[] waits, double[] quiet)
    {
        if (waits.Length == 0 || quiet.Length == 0) throw new InvalidOperationException($"No batch was sent {name}.");
        double At(double[] all, int percent) => all[Math.Min(all.Length - 1, all.Length * percent / 100)];
        HttpCost.Say($"{name}: {waits.Length:N0} batches: p50 {At(waits, 50),7:N1} ms ({At(waits, 50) / At(quiet, 50):N2}), "
            + $"p99 {At(waits, 99),7:N1} ms ({At(waits, 99) / At(quiet, 99):N2}), longest {waits[^1],7:N1} ms ({waits[^1] / quiet[^1]:N2})");
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _stopping.Dispose();
    }
}
