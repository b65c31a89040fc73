namespace Grid.Grains;

/// <summary>Bounds of the actors, units last. What happens at each is said beside it.</summary>
public static class GridLimits
{
    /// <summary>Customers advanced at the same time by deadlines or a baseline; the others wait, so that live events find room.</summary>
    public const int AdvancesMax = 64;

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

    /// <summary>A deadline that another process has not worked off after this is worked off here.</summary>
    public const int OthersWakeMilliseconds = 3_000;

    /// <summary>How long a call may take that looks at every customer, or moves them: a million of them take a minute or two.</summary>
    public const string WholePopulationMax = "01:00:00";

    /// <summary>The rules in force are looked at this often, should nobody have told that there are newer ones.</summary>
    public const int RulesPollMilliseconds = 1_000;

    /// <summary>Publications whose answers are remembered; an earlier one that comes again is published anew.</summary>
    public const int PublicationsRememberedMax = 32;

    /// <summary>Where another process follows the log for the segments, this one looks at them this often.</summary>
    public const int SegmentsPollMilliseconds = 100;

    /// <summary>Deadlines taken from the calendar at once.</summary>
    public const int DueBatchMax = 4_096;

    /// <summary>A customer that could not be advanced is tried again after this.</summary>
    public const int AdvanceRetryMilliseconds = 1_000;

    /// <summary>Transitions handed to the segments at once.</summary>
    public const int LogPageMax = 4_096;

    /// <summary>Without a nudge the log is looked at after this.</summary>
    public const int LogPollMilliseconds = 500;

    /// <summary>Counts are stored this often at the most; what came since is folded again after a crash.</summary>
    public const int SegmentWriteMilliseconds = 5_000;

    /// <summary>Wrong customers named by an audit; further ones are only counted.</summary>
    public const int AuditExamplesMax = 20;

    /// <summary>Passes over all customers at the same time, because a ledger has few snapshots; a further one waits.</summary>
    public const int PassesMax = 2;

    /// <summary>Passes that wait for a place; a further one is refused if it was asked for by someone who can come again.</summary>
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
