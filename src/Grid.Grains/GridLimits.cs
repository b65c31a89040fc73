namespace Grid.Grains;

/// <summary>Bounds of the grains, units last. Each says what happens when it is reached.</summary>
public static class GridLimits
{
    /// <summary>
    /// A call that fails because a silo has died is repeated for this long, then fails: longer than the cluster needs to vote out a hung silo,
    /// shorter than a client waits.
    /// </summary>
    public const int CallRepeatMillisecondsMax = 15_000;

    /// <summary>Attempts of a call that are made regardless of the time: a call may fail late, and the next silo may die too.</summary>
    public const int CallAttemptsMin = 4;

    /// <summary>Delay before the first repetition of a call, plus or minus a random share; doubled each time, up to the next limit.</summary>
    public const int CallDelayMillisecondsMin = 20;

    public const int CallDelayMillisecondsMax = 500;

    /// <summary>A call that is unanswered this long after a silo died is made again, once for each death.</summary>
    public const int CallSilenceMillisecondsMax = 500;

    /// <summary>
    /// Customers that a silo wakes concurrently; the others wait, so that live events find room. Each customer waits for its commit most of the time:
    /// with 32 the processors were idle and 7,100 a second woke, with 256 10,000. See <c>Grid.Load overdue</c>.
    /// </summary>
    public const int AdvancesMax = 256;

    /// <summary>Customers moved to a new rulebook as one commit batch. An event that arrives meanwhile waits for one such batch at most.</summary>
    public const int SweepBatchMax = 32;

    /// <summary>The migration to a new rulebook waits this long for events to end; then it goes on even when they do not.</summary>
    public const int SweepYieldMilliseconds = 20;

    /// <summary>The migration rests this many times as long as it has worked, while no events arrive.</summary>
    public const int SweepRestFactor = 1;

    /// <summary>
    /// The migration's rest while events arrive, so that events are not slowed: it then moves one customer in about half a millisecond.
    /// </summary>
    public const int SweepRestFactorAmongEvents = 10;

    /// <summary>After this long without an event, the migration assumes that no events arrive.</summary>
    public const int SweepQuietMilliseconds = 1_000;

    /// <summary>How long a publication may take until it is in force: the values of new measures are read from all rows first.</summary>
    public const string PublicationMax = "00:05:00";

    /// <summary>How long an audit may take; it visits every customer: a million of them take a minute or two.</summary>
    public const string AuditMax = "01:00:00";

    /// <summary>A call that waits for work answers after this long at the latest; its caller then calls again.</summary>
    public const int LongCallSeconds = 5;

    /// <summary>A subscription that is not renewed for this long ends.</summary>
    public const int SubscriptionSeconds = 30;

    /// <summary>Subscriptions are renewed this often.</summary>
    public const int SubscriptionRenewalSeconds = 10;

    /// <summary>A failed operation is retried after this long: reading a partition, waking a customer.</summary>
    public const int RetryMilliseconds = 1_000;

    /// <summary>A customer with a damaged row is retried this often: an operator may have repaired the row.</summary>
    public const int DamagedRetryMilliseconds = 600_000;

    /// <summary>A grain whose silo died is called again after this long; Orleans then activates it on another silo.</summary>
    public const int AskRetryMilliseconds = 100;

    /// <summary>Failed calls in a row to a grain before the caller gets the failure.</summary>
    public const int AskAttemptsMax = 150;

    /// <summary>Rows that a partition reads before it lets waiting calls run.</summary>
    public const int FillSliceRows = 512;

    /// <summary>Partitions that move concurrently to a silo that joined; the others keep what they have in memory meanwhile.</summary>
    public const int PartitionsMovedMax = 4;

    /// <summary>
    /// Rulebooks whose compiled measures a silo keeps during publications; beyond this, the oldest is dropped and compiled again when needed.
    /// </summary>
    public const int CompiledRulebooksKeptMax = 4;

    /// <summary>Groups of commits handed to the partitions at once.</summary>
    public const int CommitGroupsMax = 64;

    /// <summary>Publications whose answers are remembered; an older publication that is sent again is published anew.</summary>
    public const int PublicationsRememberedMax = 32;

    /// <summary>The least time between two pushes of the counts to subscribers.</summary>
    public const int SegmentPushMilliseconds = 100;

    /// <summary>A silo that waits for commits of other processes reads the end of the log this often.</summary>
    public const int LogHeadLookMilliseconds = 100;

    /// <summary>
    /// Number of readings of the end of the log, <see cref="LogHeadLookMilliseconds"/> apart, after which a position beyond the end counts as one of
    /// another log.
    /// </summary>
    public const int LogHeadLooksMax = 50;

    /// <summary>Deadlines that a partition takes out of its heap at once; nearer deadlines that arrive meanwhile come next.</summary>
    public const int DueBatchMax = 256;

    /// <summary>From so many customers to wake at once on, those that are not in memory are decided without their grains.</summary>
    public const int IdleCustomersMin = 64;

    /// <summary>Transitions handed to the segments at once.</summary>
    public const int LogPageMax = 4_096;

    /// <summary>The log is read at least this often, also without a signal.</summary>
    public const int LogPollMilliseconds = 500;

    /// <summary>Counts are stored at most this often; after a crash the segment folds the later transitions again.</summary>
    public const int SegmentWriteMilliseconds = 5_000;

    /// <summary>Examples of wrong customers in the report of an audit; further ones are only counted.</summary>
    public const int AuditExamplesMax = 20;

    /// <summary>Concurrent scans of all customers, because a ledger has few snapshots; a further scan waits.</summary>
    public const int PassesMax = 2;

    /// <summary>Scans that wait for a slot; a further one is refused if its caller can retry.</summary>
    public const int PassesWaitingMax = 8;

    /// <summary>Rows per batch for a worker of a scan. At most twice as many batches as workers are in memory.</summary>
    public const int PassBatchRowsMax = 256;

    /// <summary>Instants of one backtest; a longer series is refused.</summary>
    public const int BacktestInstantsMax = 400;

    /// <summary>Values of measures that a backtest holds at once, 8 bytes each; more values need a further scan of all customers.</summary>
    public const int BacktestValuesMax = 16_000_000;

    /// <summary>Example customers per move between two layers in a preview: those with the lowest ids.</summary>
    public const int PreviewExamplesMax = 10;
}
