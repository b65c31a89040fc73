using Grid.Grains.Customers;
using Grid.Ledger;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Messaging;

namespace Grid.Grains.Calls;

/// <summary>Classifies the failure of a call to a grain.</summary>
public static class CallFailures
{
    /// <summary>
    /// Whether the same call may succeed a moment later: a silo that died or is stopping did not accept it, or a stale activation refused to commit.
    /// A grain that cannot be activated because of its ledger refuses its calls too; that failure is not retried.
    /// </summary>
    public static bool IsPassing(Exception? failure) => failure is StaleCustomerException or UnansweredCallException or ConnectionFailedException
        or OrleansMessageRejectionException { InnerException: not LedgerException };

    /// <summary>The damage of the one row that a failure concerns; null for any other failure.</summary>
    public static LedgerException? DamageOf(Exception failure) => failure switch
    {
        LedgerException { Customer: not null } damage => damage,
        OrleansException { InnerException: LedgerException { Customer: not null } damage } => damage,
        _ => null,
    };

    /// <summary>The level at which to log a failure that is retried. Orleans itself reports once that a silo leaves.</summary>
    public static LogLevel LevelOf(Exception failure) => IsPassing(failure) ? LogLevel.Debug : LogLevel.Warning;
}
