using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Grid.Server.Silos;

/// <summary>
/// Tells the cluster of a silo whose process is gone, as soon as a call has met it. A process that pauses or hangs still has its
/// connections taken by its kernel; only where nothing listens any more are they refused. So a refusal is believed at once, and silence is
/// left to the probes (<see cref="ClusterTimings"/>).
/// </summary>
internal sealed partial class RefusedSilos(
    IClusterMembershipService membership, ILocalSiloDetails self, ILogger<RefusedSilos> logger) : BackgroundService
{
    /// <summary>Between two looks: the second must confirm the first, and calls that go on failing ask for no more than these.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    /// <summary>Who takes a connection, or refuses it, does so at once; whoever does neither is the probes' business.</summary>
    private static readonly TimeSpan ConnectMax = TimeSpan.FromMilliseconds(500);

    // One wish to look is as good as many.
    private readonly Channel<bool> _wishes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>A call has failed on its way to another silo.</summary>
    public void Look() => _wishes.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Watch(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A start that is given up ends this before the host says that it stops: being told to end is no failure.
        }
    }

    private async Task Watch(CancellationToken cancellation)
    {
        await foreach (var _ in _wishes.Reader.ReadAllAsync(cancellation))
        {
            var others = membership.CurrentSnapshot.Members.Values
                .Where(member => member.Status == SiloStatus.Active && !member.SiloAddress.Equals(self.SiloAddress));
            await Task.WhenAll(others.Select(member => Visit(member.SiloAddress, cancellation)));
            await Task.Delay(Between, TimeProvider.System, cancellation);
        }
    }

    private async Task Visit(SiloAddress silo, CancellationToken cancellation)
    {
        if (!await Refuses(silo.Endpoint, cancellation)) return;
        await Task.Delay(Between, TimeProvider.System, cancellation);
        if (!await Refuses(silo.Endpoint, cancellation)) return;
        IsGone(logger, silo);
        await membership.TryKill(silo);
    }

    private static async Task<bool> Refuses(IPEndPoint endpoint, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(ConnectMax);
        try
        {
            using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(endpoint, patience.Token);
            return false;
        }
        catch (SocketException failure)
        {
            // Also where this process has no sockets left, which says nothing of the other.
            return failure.SocketErrorCode == SocketError.ConnectionRefused;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Silo} refuses connections: its process is gone, and it leaves the cluster.")]
    private static partial void IsGone(ILogger logger, SiloAddress silo);
}
