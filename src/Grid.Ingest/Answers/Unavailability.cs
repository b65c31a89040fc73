using Grid.Grains.Customers;
using Grid.Ledger;

namespace Grid.Ingest.Answers;

/// <summary>Tells a store or an engine that cannot take events now from a bug.</summary>
internal static class Unavailability
{
    /// <summary>Null for what is no matter of availability.</summary>
    public static Problem? Of(Exception exception, IngestOptions options) => exception switch
    {
        LedgerException { Kind: FailureKind.Temporary } => Problem.Unavailable(
            "the ledger is not available; send the same again, what is durable already has no effect twice", options.RetryAfterSeconds),
        LedgerException => Problem.Unavailable("the ledger needs repair", null),
        TimeoutException => Problem.Unavailable(
            "it took too long; send the same again, what is durable already has no effect twice", options.RetryAfterSeconds),
        StaleCustomerException => Problem.Unavailable(
            "another server took over a customer; send the same again", options.RetryAfterSeconds),
        OrleansException => Problem.Unavailable("the grid is starting, stopping or full; send the same again", options.RetryAfterSeconds),
        _ => null,
    };
}
