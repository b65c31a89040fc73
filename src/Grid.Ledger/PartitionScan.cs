namespace Grid.Ledger;

/// <summary>
/// The heads of a partition's customers as they stood at <see cref="Position"/> or later, in no promised order. Commits after the position
/// may be in them already, and versions tell. One reader reads them once. Dispose it to release what it holds of the storage.
/// </summary>
/// <param name="damaged">Filled by the reading of <paramref name="heads"/>.</param>
public sealed class PartitionScan(
    CommitPosition position, IAsyncEnumerable<CommittedCustomer> heads, IReadOnlyList<LedgerException> damaged, IDisposable? snapshot = null)
    : IDisposable
{
    public CommitPosition Position { get; } = position;

    public IAsyncEnumerable<CommittedCustomer> Heads { get; } = heads;

    /// <summary>One for each customer who is left out because its row is damaged. Complete when the heads are read to their end.</summary>
    public IReadOnlyList<LedgerException> Damaged { get; } = damaged;

    public void Dispose() => snapshot?.Dispose();
}
