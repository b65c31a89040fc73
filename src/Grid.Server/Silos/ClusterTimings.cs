using Orleans.Configuration;

namespace Grid.Server.Silos;

/// <summary>
/// How soon a silo that does not answer is voted out: a hung one's customers answer again within 5 s, and a pause of 2 s for collecting
/// garbage evicts nobody, because three probes in a row must fail. One whose process is gone does not wait for it (<see cref="DeadSiloDetector"/>).
/// </summary>
internal static class ClusterTimings
{
    private static readonly TimeSpan Probe = TimeSpan.FromMilliseconds(700);

    public static void Apply(ISiloBuilder silo)
    {
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = Probe;
            membership.NumMissedProbesLimit = 3;
            membership.NumVotesForDeathDeclaration = 2;

            // By default the timeout follows what was measured, up to four times the probe timeout: a hung silo would stay for a minute.
            membership.MinProbeTimeout = Probe;
            membership.MaxProbeTimeout = Probe;

            // A third silo that is asked to probe in this one's place, and is itself busy or gone, would leave the question open.
            membership.EnableIndirectProbes = false;
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
            membership.DefunctSiloExpiration = TimeSpan.FromHours(1);
            membership.DefunctSiloCleanupPeriod = TimeSpan.FromMinutes(10);
        });
    }
}
