namespace Grid.Server.Configuration;

/// <summary>How processes of one grid find and call each other.</summary>
internal sealed class GridClusterOptions
{
    public const int SiloPortDefault = 11_111;

    /// <summary>Processes of the same id and database are one grid.</summary>
    public string Id { get; set; } = "grid";

    /// <summary>Where other processes of the cluster call this one; null: 11111 in a cluster, any free port of the loopback without one.</summary>
    public int? SiloPort { get; set; }

    /// <summary>Where clients of the cluster that are no part of it would call.</summary>
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>The address that others reach this process at; null: its first own.</summary>
    public string? AdvertisedAddress { get; set; }
}
