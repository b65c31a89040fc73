using Grid.Ledger;
using Grid.Model.Customers;

namespace Grid.Grains.Populations;

/// <summary>All rows at one position, to be read once and then disposed: while it is open it keeps a place from others.</summary>
public sealed class PopulationRows(LedgerScan scan, PassStart start, IDisposable place) : IDisposable
{
    public PassStart Start => start;

    /// <summary>In the order of ids.</summary>
    public IAsyncEnumerable<CustomerRow> Rows => scan.Rows;

    public void Dispose()
    {
        scan.Dispose();
        place.Dispose();
    }
}
