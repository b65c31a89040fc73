namespace Grid.Server.Configuration;

/// <summary>How processes of one grid find and call each other.</summary>
internal sealed class GridClusterOptions
{
    public const int SiloPortDefault = 11_111;

    /// <summary>Processes of the same id and database are one grid.</summary>
    public string Id { get; set; } = "grid";

    /// <summary>The port for other processes of the cluster; null: 11111 in a cluster, any free port of the loopback interface without one.</summary>
    public int? SiloPort { get; set; }

    /// <summary>The port for clients of the cluster.</summary>
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>The address at which others reach this process; null: its first own address.</summary>
    public string? AdvertisedAddress { get; set; }
}
