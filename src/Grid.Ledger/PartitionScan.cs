namespace Grid.Ledger;

/// <summary>
/// The heads of a partition's customers as they stood at <see cref="Position"/> or later, in no promised order. Commits after the position
/// may be in them already, and versions tell. One reader reads them once. Dispose it to release what it holds of the storage.
/// </summary>
public sealed class PartitionScan(CommitPosition position, IAsyncEnumerable<CommittedCustomer> heads, IDisposable? snapshot = null) : IDisposable
{
    public CommitPosition Position { get; } = position;

    public IAsyncEnumerable<CommittedCustomer> Heads { get; } = heads;

    public void Dispose() => snapshot?.Dispose();
}
