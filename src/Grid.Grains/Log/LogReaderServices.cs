using Grid.Grains.Rules;
using Grid.Ledger;
using Microsoft.Extensions.Logging;

namespace Grid.Grains.Log;

/// <summary>The services of its silo that the log reader needs.</summary>
public sealed class LogReaderServices(
    ILedger ledger, IGrainFactory grains, CurrentRules rules, PartitionBalance balance, TimeProvider machine, ILoggerFactory loggers)
{
    /// <summary>False: the segments are not fed, for tests that hand them the log.</summary>
    public bool FeedsSegments { get; init; } = true;

    public PartitionFeed NewPartitionFeed() => new(ledger, grains, machine, loggers.CreateLogger<PartitionFeed>());

    public SegmentFeed NewSegmentFeed() => new(ledger, grains, rules, machine, loggers.CreateLogger<SegmentFeed>());

    public Task Balance(CancellationToken cancellation) => balance.Run(cancellation);
}
