using System.Net;
using System.Net.Sockets;

namespace Grid.Server.Silos;

internal static class LoopbackPort
{
    /// <summary>A free port of 127.0.0.1. The system returns another one next time.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
