using Orleans.Configuration;

namespace Grid.Server.Silos;

/// <summary>
/// How soon a silo that does not answer is voted out. Three requirements decide: a pause of 2 s, such as a long garbage collection, evicts
/// no silo; customers of a hung silo answer within 5 s; customers of a killed one within 2 s. Probes alone give the first two; the third is
/// up to <see cref="DeadSiloDetector"/>. See decision 0016.
/// </summary>
internal static class ClusterTimings
{
    /// <summary>
    /// Of one probe, and between two. With <see cref="MissesMax"/> of them a silo must be silent for 2.1 s at least to be suspected, and is
    /// suspected after 2.8 s at most; a caller needs the rest of the 5 s to receive the failure and to call again.
    /// </summary>
    private static readonly TimeSpan Probe = TimeSpan.FromMilliseconds(700);

    private const int MissesMax = 3;

    /// <summary>Two silos must agree, so that one that is cut off or busy itself evicts no other. Of two silos the one is enough.</summary>
    private const int Votes = 2;

    /// <summary>Membership changes are broadcast; the table is read this often for a broadcast that was lost.</summary>
    private static readonly TimeSpan TableRefresh = TimeSpan.FromSeconds(5);

    /// <summary>How often a silo writes that it is alive. A start probes only silos that have written lately, and does not wait for the dead.</summary>
    private static readonly TimeSpan Alive = TimeSpan.FromSeconds(5);

    /// <summary>Rows of dead silos are looked through by each start and refresh: they go after a time in which an operator may read them.</summary>
    private static readonly TimeSpan DeadKept = TimeSpan.FromHours(1);

    private static readonly TimeSpan DeadRemoval = TimeSpan.FromMinutes(10);

    public static void Apply(ISiloBuilder silo)
    {
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = Probe;
            membership.NumMissedProbesLimit = MissesMax;
            membership.NumVotesForDeathDeclaration = Votes;

            // By default the timeout follows what was measured, up to four times the probe timeout: a hung silo would stay for a minute.
            membership.MinProbeTimeout = Probe;
            membership.MaxProbeTimeout = Probe;

            // A third silo that is asked to probe in this one's place, and is itself busy or gone, would leave the question open.
            membership.EnableIndirectProbes = false;
            membership.TableRefreshTimeout = TableRefresh;
            membership.IAmAliveTablePublishTimeout = Alive;
            membership.DefunctSiloExpiration = DeadKept;
            membership.DefunctSiloCleanupPeriod = DeadRemoval;
        });
    }
}
