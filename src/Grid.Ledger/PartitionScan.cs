namespace Grid.Ledger;

/// <summary>
/// The heads of a partition's customers as of <see cref="Position"/> or later, in no particular order. They may include commits after the position;
/// versions tell these apart. One reader reads them once. Dispose it to release its hold on the storage.
/// </summary>
/// <param name="damaged">Filled by the reading of <paramref name="heads"/>.</param>
public sealed class PartitionScan(
    CommitPosition position, IAsyncEnumerable<CommittedCustomer> heads, IReadOnlyList<LedgerException> damaged, IDisposable? snapshot = null)
    : IDisposable
{
    public CommitPosition Position { get; } = position;

    public IAsyncEnumerable<CommittedCustomer> Heads { get; } = heads;

    /// <summary>The failure of each customer left out because its row is damaged. Complete after the heads are read to the end.</summary>
    public IReadOnlyList<LedgerException> Damaged { get; } = damaged;

    public void Dispose() => snapshot?.Dispose();
}
