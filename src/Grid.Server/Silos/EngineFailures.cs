using Orleans.Runtime.MembershipService;
using Orleans.Runtime.Messaging;

namespace Grid.Server.Silos;

internal static class EngineFailures
{
    /// <summary>Whether other silos, which come and go, were the reason.</summary>
    public static bool AreTemporary(Exception reason) => reason
        is OrleansMessageRejectionException or ConnectionFailedException or OrleansClusterConnectivityCheckFailedException or TimeoutException;
}
