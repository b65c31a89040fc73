using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Grid.Grains.Calls;

namespace Grid.Server.Silos;

/// <summary>
/// Declares a silo dead as soon as its host refuses connections, without waiting for probes. The kernel accepts connections for a process that pauses
/// or hangs; it refuses them only when no process listens. So a refusal counts at once, and silence is left to the probes
/// (<see cref="ClusterTimings"/>). See decision 0016.
/// </summary>
internal sealed partial class DeadSiloDetector(
    IClusterMembershipService membership, ILocalSiloDetails self, GrainCalls calls, ILogger<DeadSiloDetector> logger) : BackgroundService
{
    /// <summary>The interval between two checks: the second confirms the first, and further failing calls cause no further checks.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    /// <summary>A kernel accepts or refuses a connection at once; the probes handle one that does neither.</summary>
    private static readonly TimeSpan ConnectMax = TimeSpan.FromMilliseconds(500);

    // One pending request for a check serves many callers.
    private readonly Channel<bool> _looks = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        calls.NotDelivered += RequestLook;
        try
        {
            await Run(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A start that is given up cancels this before the host reports that it stops; a cancelled wait is no failure.
        }
        finally
        {
            calls.NotDelivered -= RequestLook;
        }
    }

    private void RequestLook() => _looks.Writer.TryWrite(true);

    private async Task Run(CancellationToken cancellation)
    {
        await foreach (var _ in _looks.Reader.ReadAllAsync(cancellation))
        {
            var others = membership.CurrentSnapshot.Members.Values
                .Where(member => member.Status == SiloStatus.Active && !member.SiloAddress.Equals(self.SiloAddress));
            await Task.WhenAll(others.Select(member => Look(member.SiloAddress, cancellation)));
            await Task.Delay(Between, TimeProvider.System, cancellation);
        }
    }

    private async Task Look(SiloAddress silo, CancellationToken cancellation)
    {
        if (!await Refuses(silo.Endpoint, cancellation)) return;
        await Task.Delay(Between, TimeProvider.System, cancellation);
        if (!await Refuses(silo.Endpoint, cancellation)) return;
        DeclaresDead(logger, silo);
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
            // A process that has run out of sockets fails here too, which proves nothing about the other silo.
            return failure.SocketErrorCode == SocketError.ConnectionRefused;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {Silo} refuses connections: its process is gone. Removing it from the cluster.")]
    private static partial void DeclaresDead(ILogger logger, SiloAddress silo);
}
