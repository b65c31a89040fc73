namespace Grid.Grains;

/// <summary>Bounds of the actors, units last. What happens at each is said beside it.</summary>
public static class GridLimits
{
    /// <summary>
    /// A call that fails because a silo has gone is repeated for so long, then fails: longer than a hung silo takes to be voted out, shorter
    /// than a client waits.
    /// </summary>
    public const int CallRepeatMillisecondsMax = 15_000;

    /// <summary>Attempts of a call that are made whatever the time: it may fail late, and meet another silo that goes.</summary>
    public const int CallAttemptsMin = 4;

    /// <summary>Before a call is repeated for the first time, give or take a random share; doubled each time, up to the next.</summary>
    public const int CallDelayMillisecondsMin = 20;

    public const int CallDelayMillisecondsMax = 500;

    /// <summary>A call that has no answer so long after a silo died is made again, once for each death.</summary>
    public const int CallSilenceMillisecondsMax = 500;

    /// <summary>
    /// Customers that a silo wakes at the same time; the others wait, so that live events find room. Each waits for its commit most of the
    /// time: 32 at once left the processors idle and woke 7,100 a second, 256 wake 10,000. See <c>Grid.Load overdue</c>.
    /// </summary>
    public const int AdvancesMax = 256;

    /// <summary>
    /// Customers moved to a new rulebook at once, as one group of the ledger: what an event waits for at the most that comes meanwhile.
    /// </summary>
    public const int SweepBatchMax = 32;

    /// <summary>The sweep lets events go first for so long; when they never end, it goes on all the same.</summary>
    public const int SweepYieldMilliseconds = 20;

    /// <summary>The sweep rests this many times as long as it has worked while no events come.</summary>
    public const int SweepRestFactor = 1;

    /// <summary>The same while events come, so that their answers take no longer: one customer in about half a millisecond then.</summary>
    public const int SweepRestFactorAmongEvents = 10;

    /// <summary>Without an event for this long no events come.</summary>
    public const int SweepQuietMilliseconds = 1_000;

    /// <summary>How long a publication may take until it is in force: the values of new measures are read from all rows first.</summary>
    public const string PublicationMax = "00:05:00";

    /// <summary>How long an audit may take, which looks at every customer: a million of them take a minute or two.</summary>
    public const string AuditMax = "01:00:00";

    /// <summary>A call that waits for work answers after this at the latest; the caller calls again.</summary>
    public const int LongCallSeconds = 5;

    /// <summary>A subscription that is not renewed for this long ends.</summary>
    public const int SubscriptionSeconds = 30;

    /// <summary>Subscriptions are renewed this often.</summary>
    public const int SubscriptionRenewalSeconds = 10;

    /// <summary>What failed is tried again after this: reading a partition, waking a customer.</summary>
    public const int RetryMilliseconds = 1_000;

    /// <summary>How often a customer whose row is damaged is tried again: it may have been repaired.</summary>
    public const int DamagedRetryMilliseconds = 600_000;

    /// <summary>A grain that a silo took with it is asked again after this, where it is activated next.</summary>
    public const int AskRetryMilliseconds = 100;

    /// <summary>Failed calls in a row to a grain before the caller gets the failure.</summary>
    public const int AskAttemptsMax = 150;

    /// <summary>Rows that a partition reads at a time; calls that wait come in between.</summary>
    public const int FillSliceRows = 512;

    /// <summary>Partitions that move to a silo that joined at the same time; the others stay known meanwhile.</summary>
    public const int PartitionsMovedMax = 4;

    /// <summary>Rulebooks whose measures a silo keeps compiled while they are published; the oldest is compiled again.</summary>
    public const int CompiledRulebooksKeptMax = 4;

    /// <summary>Groups of commits handed to the partitions at once.</summary>
    public const int CommitGroupsMax = 64;

    /// <summary>Publications whose answers are remembered; an earlier one that comes again is published anew.</summary>
    public const int PublicationsRememberedMax = 32;

    /// <summary>The least time between two pushes of the counts to those who listen.</summary>
    public const int SegmentPushMilliseconds = 100;

    /// <summary>A silo that waits for what others commit looks at the end of the log this often.</summary>
    public const int LogHeadLookMilliseconds = 100;

    /// <summary>
    /// Looks at the end of the log, <see cref="LogHeadLookMilliseconds"/> apart, before a position beyond it is taken for one of another log.
    /// </summary>
    public const int LogHeadLooksMax = 50;

    /// <summary>Deadlines that a partition takes at once; those that come nearer meanwhile are next.</summary>
    public const int DueBatchMax = 256;

    /// <summary>Transitions handed to the segments at once.</summary>
    public const int LogPageMax = 4_096;

    /// <summary>Without a signal the log is looked at after this.</summary>
    public const int LogPollMilliseconds = 500;

    /// <summary>Counts are stored this often at the most; what came since is folded again after a crash.</summary>
    public const int SegmentWriteMilliseconds = 5_000;

    /// <summary>Wrong customers named by an audit; further ones are only counted.</summary>
    public const int AuditExamplesMax = 20;

    /// <summary>Passes over all customers at the same time, because a ledger has few snapshots; a further one waits.</summary>
    public const int PassesMax = 2;

    /// <summary>Scans that wait for a slot; a further one is refused if its caller can retry.</summary>
    public const int PassesWaitingMax = 8;

    /// <summary>Rows handed to a worker of a pass at once. Twice as many batches as workers are on their way at the most.</summary>
    public const int PassBatchRowsMax = 256;

    /// <summary>Instants of one backtest; a longer series is refused.</summary>
    public const int BacktestInstantsMax = 400;

    /// <summary>Values of measures kept at once by a backtest, 8 bytes each; for more of them all customers are looked at again.</summary>
    public const int BacktestValuesMax = 16_000_000;

    /// <summary>Customers shown for each way from one layer to another of a rulebook that is tried out: those with the lowest ids.</summary>
    public const int PreviewExamplesMax = 10;
}
