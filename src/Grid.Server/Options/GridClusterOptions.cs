using System.Net;

namespace Grid.Server.Options;

/// <summary>How processes of one grid find and call each other.</summary>
internal sealed class GridClusterOptions
{
    public const int SiloPortDefault = 11_111;
    private const int PortMax = 65_535;

    /// <summary>Processes of the same id and database are one grid.</summary>
    public string Id { get; set; } = "grid";

    /// <summary>The port for other processes of the cluster; null: 11111 in a cluster, any free port of the loopback interface without one.</summary>
    public int? SiloPort { get; set; }

    /// <summary>The port for clients of the cluster.</summary>
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>The address at which others reach this process; null: its first own address.</summary>
    public string? AdvertisedAddress { get; set; }

    /// <summary>The first mistake, or null.</summary>
    public string? Fault()
    {
        if (string.IsNullOrWhiteSpace(Id) || Id.Length > 150) return "Cluster:Id is empty or longer than 150 characters";
        if (SiloPort is < 1 or > PortMax) return $"Cluster:SiloPort is {SiloPort}; it is from 1 to {PortMax}";
        if (GatewayPort is < 1 or > PortMax) return $"Cluster:GatewayPort is {GatewayPort}; it is from 1 to {PortMax}";
        return AdvertisedAddress is not null && !IPAddress.TryParse(AdvertisedAddress, out _)
            ? $"Cluster:AdvertisedAddress is '{AdvertisedAddress}', which is no IP address"
            : null;
    }
}
