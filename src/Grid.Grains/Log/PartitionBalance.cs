using Microsoft.Extensions.Logging;
using Orleans.Core.Internal;
using Grid.Ledger;

namespace Grid.Grains.Log;

/// <summary>
/// Makes the runtime place the partitions anew when a silo has joined, a few at a time, so that most partitions stay in memory. The death of a silo
/// needs no balancing: its partitions are activated elsewhere, and the others stay in place.
/// </summary>
public sealed partial class PartitionBalance(IGrainFactory grains, IClusterMembershipService membership, ILogger<PartitionBalance> logger)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(GridLimits.RetryMilliseconds);

    /// <summary>Runs until cancelled.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        var known = Active(membership.CurrentSnapshot);
        await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(cancellation))
        {
            var now = Active(snapshot);
            var joined = now.Except(known).Any();
            known = now;
            if (joined) await Place(cancellation);
        }
    }

    private static HashSet<SiloAddress> Active(ClusterMembershipSnapshot snapshot) =>
        [.. snapshot.Members.Values.Where(member => member.Status == SiloStatus.Active).Select(member => member.SiloAddress)];

    private Task Place(CancellationToken cancellation)
    {
        var bounded = new ParallelOptions { MaxDegreeOfParallelism = GridLimits.PartitionsMovedMax, CancellationToken = cancellation };
        return Parallel.ForEachAsync(Enumerable.Range(0, PartitionOf.Count), bounded, async (number, stop) =>
        {
            try
            {
                // The runtime moves the partition only when its placement now chooses another silo.
                await grains.Partition(number).AsReference<IGrainManagementExtension>().MigrateOnIdle(stop);
                while (!(await grains.Partition(number).Status()).IsFilled) await Task.Delay(Look, TimeProvider.System, stop);
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                StaysThere(logger, number, exception);
            }
        });
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Partition {Number} could not be moved to a silo that joined; it stays where it is.")]
    private static partial void StaysThere(ILogger logger, int number, Exception exception);
}
