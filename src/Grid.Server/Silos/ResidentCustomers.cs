using Grid.Grains.Customers;
using Grid.Server.Options;
using Orleans.Metadata;

namespace Grid.Server.Silos;

/// <summary>
/// Keeps the number of customers in this silo's memory to <see cref="GridOptions.ResidentCustomersMax"/>: beyond it, each customer that is
/// loaded deactivates the longest idle one. Orleans itself collects by age and by the memory of the process only. See decision 0019.
/// </summary>
/// <remarks>Orleans reports a customer in use every five seconds, not at each call: "longest idle" is as exact as that.</remarks>
internal sealed class ResidentCustomers(GrainTypeResolver types, GridOptions options) : IActivationWorkingSetObserver
{
    private static readonly DeactivationReason TooMany = new(DeactivationReasonCode.HighMemoryPressure, "ResidentCustomersMax is reached.");
    private readonly GrainType _customer = types.GetGrainType(typeof(CustomerGrain));
    private readonly Lock _gate = new();

    // Both are guarded by the gate. No activation's lock is taken while it is held.
    private readonly LinkedList<IGrainContext> _longestIdleFirst = [];
    private readonly Dictionary<IGrainContext, LinkedListNode<IGrainContext>> _nodes = new(ReferenceEqualityComparer.Instance);

    // Called under the lock of the added activation. It deactivates only one that was added before, so that locks are taken in one order.
    public void OnAdded(IActivationWorkingSetMember member)
    {
        if (CustomerOf(member) is not { } customer) return;
        IGrainContext? leaving = null;
        lock (_gate)
        {
            if (_nodes.Count == options.ResidentCustomersMax) Remove(leaving = _longestIdleFirst.First!.Value);
            _nodes.Add(customer, _longestIdleFirst.AddLast(customer));
        }

        leaving?.Deactivate(TooMany);
    }

    public void OnActive(IActivationWorkingSetMember member)
    {
        if (CustomerOf(member) is not { } customer) return;
        lock (_gate)
        {
            if (!_nodes.TryGetValue(customer, out var node)) return;
            _longestIdleFirst.Remove(node);
            _longestIdleFirst.AddLast(node);
        }
    }

    public void OnDeactivating(IActivationWorkingSetMember member) => Forget(member);

    public void OnDeactivated(IActivationWorkingSetMember member) => Forget(member);

    private void Forget(IActivationWorkingSetMember member)
    {
        if (CustomerOf(member) is not { } customer) return;
        lock (_gate) Remove(customer);
    }

    private void Remove(IGrainContext customer)
    {
        if (_nodes.Remove(customer, out var node)) _longestIdleFirst.Remove(node);
    }

    private IGrainContext? CustomerOf(IActivationWorkingSetMember member) =>
        member is IGrainContext context && context.GrainId.Type == _customer ? context : null;
}
