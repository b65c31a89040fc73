using System.Runtime.CompilerServices;
using Grid.Model.Customers;

namespace Grid.Ledger;

/// <summary>
/// Rows as of <see cref="Position"/>, by one reader at a time; once read to their end they can be read again. Dispose it to release the
/// snapshot.
/// </summary>
/// <param name="stored">Sound and damaged ones.</param>
public sealed class LedgerScan(LogPosition position, IAsyncEnumerable<StoredRow> stored, IDisposable? snapshot = null) : IDisposable
{
    public LogPosition Position { get; } = position;

    /// <summary>All rows. The first damaged one throws a <see cref="LedgerException"/> that names its customer.</summary>
    public IAsyncEnumerable<CustomerRow> Rows => stored.Select(static row => row.Row);

    /// <summary>Those that are as they were written.</summary>
    /// <param name="damaged">Called with the customers of the others.</param>
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
