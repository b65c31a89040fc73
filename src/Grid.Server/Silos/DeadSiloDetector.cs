using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Grid.Grains.Calls;

namespace Grid.Server.Silos;

/// <summary>
/// Declares a silo dead as soon as its process refuses connections, without waiting for probes. A process that pauses or hangs has its
/// connections accepted by its kernel; they are refused only where no process listens. So a refusal counts at once, and silence is left to
/// the probes (<see cref="ClusterTimings"/>). See decision 0016.
/// </summary>
internal sealed partial class DeadSiloDetector(
    IClusterMembershipService membership, ILocalSiloDetails self, GrainCalls calls, ILogger<DeadSiloDetector> logger) : BackgroundService
{
    /// <summary>Between two looks: the second confirms the first, and calls that go on failing cause no more looks than these.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    /// <summary>A kernel accepts or refuses a connection at once; one that does neither is left to the probes.</summary>
    private static readonly TimeSpan ConnectMax = TimeSpan.FromMilliseconds(500);

    // One request to look is as good as many.
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
            // A start that is given up ends this before the host says that it stops: being told to end is no failure.
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
            // A process without sockets left fails here too, which says nothing of the other silo.
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
