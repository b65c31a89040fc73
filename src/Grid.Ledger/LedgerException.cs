using Grid.Model.Customers;

namespace Grid.Ledger;

public enum FailureKind
{
    /// <summary>A retry later can help: the storage is busy, full or unreachable.</summary>
    Temporary,

    /// <summary>A retry cannot help: the file is damaged or of an unknown version.</summary>
    Permanent,
}

public sealed class LedgerException(FailureKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    public FailureKind Kind { get; } = kind;

    /// <summary>The only customer affected, because its row is damaged; null when the failure affects the whole ledger.</summary>
    public CustomerId? Customer { get; init; }

    /// <param name="failure">The damage of the row.</param>
    public static LedgerException Damaged(CustomerId customer, Exception failure) =>
        new(FailureKind.Permanent, $"The stored row of customer {customer} is damaged: {failure.Message.TrimEnd('.')}.", failure) { Customer = customer };
}
