using System.Net.Sockets;
using System.Text;

namespace Grid.Load.Trickles;

/// <summary>
/// Connections that announce the largest possible body and send some bytes of it a second; one that the server ends starts again. Connections beyond
/// the room of 256 MiB announce little, to take the rest of it.
/// </summary>
internal sealed class SlowConnections(TrickleOptions options)
{
    private const int Largest = 500 * 1024;
    private const int Smallest = 2_000;
    private const int LargeOnes = 256 * 1024 * 1024 / Largest;
    private long _bytes;
    private long _ended;

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>How often the server ended one.</summary>
    public long Ended => Interlocked.Read(ref _ended);

    public Task Run(CancellationToken stopping) =>
        Task.WhenAll(Enumerable.Range(0, options.Connections).Select(number => Task.Run(() => Keep(number, stopping), CancellationToken.None)));

    private async Task Keep(int number, CancellationToken stopping)
    {
        // Spread over the first second, as senders on many machines are.
        await Pause(TimeSpan.FromSeconds((double)number / options.Connections), stopping);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await Trickle(number < LargeOnes ? Largest : Smallest, stopping);
            }
            catch (SocketException)
            {
                Interlocked.Increment(ref _ended);
            }
        }
    }

    private async Task Trickle(int announced, CancellationToken stopping)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(options.Server.Host, options.Server.Port, CancellationToken.None);
        var head = $"POST /v1/batch HTTP/1.1\r\nHost: {options.Server.Authority}\r\nContent-Type: application/json\r\nContent-Length: {announced}\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(head));
        var some = Encoding.ASCII.GetBytes(new string(' ', options.BytesPerSecond));
        for (var sent = 0; sent + some.Length < announced && !stopping.IsCancellationRequested; sent += some.Length)
        {
            await socket.SendAsync(some);
            Interlocked.Add(ref _bytes, some.Length);
            await Pause(TimeSpan.FromSeconds(1), stopping);
            if (socket.Available == 0 && !socket.Poll(0, SelectMode.SelectRead)) continue;
            Interlocked.Increment(ref _ended);
            return;
        }
    }

    private static async Task Pause(TimeSpan time, CancellationToken stopping) =>
        await Task.Delay(time, TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
