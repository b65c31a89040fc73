using Grid.Model.Customers;

namespace Grid.Grains.Populations;

/// <summary>
/// Looks at customers one after another and keeps what it finds. A pass makes one per worker, so that none is called by two threads at
/// once; the caller of the scan adds them up at its end.
/// </summary>
public interface IPopulationVisitor
{
    /// <param name="row">As it stood at the position of the pass.</param>
    /// <param name="customer">
    /// The row's state, opened. It is the worker's own and used again for the next row: the visitor may change it, and keeps nothing
    /// that points into it. <see cref="ScanContext.BringUp"/> brings it to the instant of the pass.
    /// </param>
    void Visit(CustomerRow row, Customer customer);
}
