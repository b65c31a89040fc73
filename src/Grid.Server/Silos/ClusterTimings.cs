using Orleans.Configuration;

namespace Grid.Server.Silos;

/// <summary>
/// How soon the cluster votes out a silo that does not answer. Three requirements determine it: a pause of 2 s, such as a long garbage collection,
/// evicts no silo; customers of a hung silo answer within 5 s; customers of a killed silo within 2 s. Probes alone meet the first two;
/// <see cref="DeadSiloDetector"/> meets the third. See decision 0016.
/// </summary>
internal static class ClusterTimings
{
    /// <summary>
    /// The timeout of one probe, and the interval between two. With <see cref="MissesMax"/> of them a silo is suspected after 2.1 s of silence at
    /// the earliest and 2.8 s at the latest; a caller needs the rest of the 5 s to receive the failure and to call again.
    /// </summary>
    private static readonly TimeSpan Probe = TimeSpan.FromMilliseconds(700);

    private const int MissesMax = 3;

    /// <summary>
    /// Two silos must agree, so that a silo that is itself disconnected or busy evicts no other. In a cluster of two, one vote is enough.
    /// </summary>
    private const int Votes = 2;

    /// <summary>Membership changes are broadcast; the table is read this often for a broadcast that was lost.</summary>
    private static readonly TimeSpan TableRefresh = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The interval at which a silo records that it is alive. A starting silo probes only those with a recent record, and does not wait for dead
    /// ones.
    /// </summary>
    private static readonly TimeSpan Alive = TimeSpan.FromSeconds(5);

    /// <summary>Each start and refresh reads the rows of dead silos: they are deleted after this long, in which an operator may read them.</summary>
    private static readonly TimeSpan DeadKept = TimeSpan.FromHours(1);

    private static readonly TimeSpan DeadRemoval = TimeSpan.FromMinutes(10);

    public static void Apply(ISiloBuilder silo)
    {
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = Probe;
            membership.NumMissedProbesLimit = MissesMax;
            membership.NumVotesForDeathDeclaration = Votes;

            // The default timeout adapts to measured times, up to four times the probe timeout: a hung silo would stay for a minute.
            membership.MinProbeTimeout = Probe;
            membership.MaxProbeTimeout = Probe;

            // No indirect probes: a third silo that is itself busy or dead would leave the outcome open.
            membership.EnableIndirectProbes = false;
            membership.TableRefreshTimeout = TableRefresh;
            membership.IAmAliveTablePublishTimeout = Alive;
            membership.DefunctSiloExpiration = DeadKept;
            membership.DefunctSiloCleanupPeriod = DeadRemoval;
        });
    }
}
