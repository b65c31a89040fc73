using System.Net;
using System.Net.Sockets;
using Grid.Server.Options;

namespace Grid.Tests.Engine;

/// <summary>Ports that nobody listens on now, so that servers of several tests can run side by side on an engine that calls over the network.</summary>
internal static class FreePorts
{
    public static GridClusterOptions ForOneSilo()
    {
        using var silo = new TcpListener(IPAddress.Loopback, 0);
        using var gateway = new TcpListener(IPAddress.Loopback, 0);
        silo.Start();
        gateway.Start();
        return new GridClusterOptions { SiloPort = PortOf(silo), GatewayPort = PortOf(gateway) };
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
