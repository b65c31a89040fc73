using System.Runtime.CompilerServices;
using Grid.Model.Customers;

namespace Grid.Ledger;

/// <summary>
/// Rows as of <see cref="Position"/>, for one reader at a time; after reading them to the end the reader can start again. Dispose it to release the
/// snapshot.
/// </summary>
/// <param name="stored">The rows, sound and damaged.</param>
public sealed class LedgerScan(LogPosition position, IAsyncEnumerable<StoredRow> stored, IDisposable? snapshot = null) : IDisposable
{
    public LogPosition Position { get; } = position;

    /// <summary>All rows. The first damaged one throws a <see cref="LedgerException"/> that names its customer.</summary>
    public IAsyncEnumerable<CustomerRow> Rows => stored.Select(static row => row.Row);

    /// <summary>The sound rows.</summary>
    /// <param name="damaged">Called for each damaged row, with its customer.</param>
    public async IAsyncEnumerable<CustomerRow> SoundRows(
        Action<CustomerId> damaged, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var row in stored.WithCancellation(cancellation))
        {
            if (row.Damage is null) yield return row.Row;
            else damaged(row.Customer);
        }
    }

    public void Dispose() => snapshot?.Dispose();
}
