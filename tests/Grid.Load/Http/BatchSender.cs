using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Grid.Model.Time;

namespace Grid.Load.Http;

/// <summary>One connection with one batch under way at a time, on a bare socket.</summary>
/// <param name="interval">
/// Null: the next batch follows the answer at once. Else one is due each interval, and a late one is timed from when it was due.
/// </param>
internal sealed class BatchSender(int port, PreparedBatch[] batches, TimeSpan? interval = null)
{
    private readonly byte[] _answer = new byte[16 * 1024];
    private long _answered;

    /// <summary>Events answered 200 so far.</summary>
    public long Answered => Volatile.Read(ref _answered);

    /// <summary>How long each batch took, in ticks of <see cref="Stopwatch"/>. Read it when <see cref="Run"/> has ended.</summary>
    public List<(long At, long Took)> Times { get; } = [];

    public async Task Run(uint firstRound, CancellationToken stopping)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, CancellationToken.None);
        var due = Stopwatch.GetTimestamp();
        for (var round = firstRound; ; round++)
        {
            foreach (var batch in batches)
            {
                if (interval is { } pause) await Until(due += (long)(pause.TotalSeconds * Stopwatch.Frequency));
                if (stopping.IsCancellationRequested) return;
                var request = batch.At(round, Instant.From(TimeProvider.System.GetUtcNow()));
                var began = interval is null ? Stopwatch.GetTimestamp() : due;
                for (var sent = 0; sent < request.Length;) sent += await socket.SendAsync(request[sent..], CancellationToken.None);
                await Success(socket);
                Times.Add((began, Stopwatch.GetTimestamp() - began));
                Volatile.Write(ref _answered, _answered + PreparedBatch.Events);
            }
        }
    }

    private static Task Until(long due)
    {
        var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
        return left > TimeSpan.Zero ? Task.Delay(left, TimeProvider.System) : Task.CompletedTask;
    }

    /// <summary>Reads one answer. An answer without success ends the run, because its figures would measure something else.</summary>
    private async Task Success(Socket socket)
    {
        var length = 0;
        while (true)
        {
            var received = await socket.ReceiveAsync(_answer.AsMemory(length), CancellationToken.None);
            if (received == 0) throw new InvalidOperationException("The server closed the connection.");
            length += received;
            var text = _answer.AsSpan(0, length);
            if (!text.StartsWith("HTTP/1.1 200"u8)) throw new InvalidOperationException(Encoding.UTF8.GetString(text));
            if (text.EndsWith("""{"success":true}"""u8)) return;
        }
    }
}
