using Orleans.Runtime.MembershipService;
using Orleans.Runtime.Messaging;

namespace Grid.Server.Silos;

internal static class EngineFailures
{
    /// <summary>Whether other silos that join or leave caused the failure.</summary>
    public static bool AreTemporary(Exception reason) => reason
        is OrleansMessageRejectionException or ConnectionFailedException or OrleansClusterConnectivityCheckFailedException or TimeoutException;
}
