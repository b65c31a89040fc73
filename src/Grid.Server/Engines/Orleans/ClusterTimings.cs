using Orleans.Configuration;
using Orleans.Hosting;

namespace Grid.Server.Engines.Orleans;

/// <summary>
/// How soon a silo that does not answer is voted out: a killed one's customers answer again within 2 s, a hung one's within 5 s, and a
/// pause of 2 s for collecting garbage evicts nobody.
/// </summary>
internal static class ClusterTimings
{
    public static void Apply(ISiloBuilder silo)
    {
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = TimeSpan.FromSeconds(1);
            membership.MinProbeTimeout = TimeSpan.FromSeconds(1);

            // By default it grows to four times the probe timeout under load, and a hung silo stays for a minute.
            membership.MaxProbeTimeout = TimeSpan.FromSeconds(1);
            membership.NumMissedProbesLimit = 3;
            membership.NumVotesForDeathDeclaration = 2;
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
            membership.DefunctSiloExpiration = TimeSpan.FromHours(1);
            membership.DefunctSiloCleanupPeriod = TimeSpan.FromMinutes(10);
        });
    }
}
