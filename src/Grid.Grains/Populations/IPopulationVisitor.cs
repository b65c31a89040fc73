using Grid.Model.Customers;

namespace Grid.Grains.Populations;

/// <summary>
/// Visits customers one after another and accumulates a result. A scan creates one visitor per worker, so that no visitor is called by two threads at
/// once; the caller of the scan adds their results up at its end.
/// </summary>
public interface IPopulationVisitor
{
    /// <param name="row">The row at the position of the scan.</param>
    /// <param name="customer">
    /// The row's state, decoded. It belongs to the worker, which reuses it for the next row: the visitor may change it, but must keep no reference
    /// into it. <see cref="ScanContext.BringUp"/> brings it to the instant of the scan.
    /// </param>
    void Visit(CustomerRow row, Customer customer);
}
