using Grid.Grains.Customers;
using Grid.Model.Customers;
using Grid.Server.Configuration;
using Orleans.Metadata;

namespace Grid.Server.Silos;

/// <summary>
/// Limits the customers in this silo's memory to <see cref="GridOptions.ResidentCustomersMax"/>: at the bound, a customer that is loaded waits until
/// the one idle longest has been deactivated. Orleans itself deactivates only by age and by the memory of the process. See decision 0019.
/// </summary>
/// <remarks>Orleans reports a customer in use every five seconds, not at each call: "longest idle" is as exact as that.</remarks>
internal sealed class ResidentCustomers(GrainTypeResolver types, GridOptions options) : ICustomerMemory, IActivationWorkingSetObserver
{
    private static readonly DeactivationReason TooMany = new(DeactivationReasonCode.HighMemoryPressure, "ResidentCustomersMax is reached.");
    private readonly GrainType _customer = types.GetGrainType(typeof(CustomerGrain));
    private readonly Lock _gate = new();

    // The gate guards both. Orleans calls observers under the lock of an activation, so no such lock may be taken while the gate is held.
    private readonly LinkedList<IGrainContext> _longestIdleFirst = [];
    private readonly Dictionary<GrainId, LinkedListNode<IGrainContext>> _nodes = [];

    public ValueTask MakeRoom(CancellationToken cancellation)
    {
        List<IGrainContext>? leaving = null;
        lock (_gate)
        {
            // More than one only when several customers were loaded at once.
            while (_nodes.Count >= options.ResidentCustomersMax)
            {
                (leaving ??= []).Add(_longestIdleFirst.First!.Value);
                Remove(leaving[^1]);
            }
        }

        return leaving is null ? ValueTask.CompletedTask : new ValueTask(Leave(leaving, cancellation));
    }

    public bool Holds(CustomerId customer)
    {
        var id = GrainId.Create(_customer, IdSpan.Create(customer.Value));
        lock (_gate) return _nodes.ContainsKey(id);
    }

    public void OnAdded(IActivationWorkingSetMember member)
    {
        if (CustomerOf(member) is not { } customer) return;
        lock (_gate)
        {
            // The activation before it may still be leaving.
            if (_nodes.TryGetValue(customer.GrainId, out var earlier)) Remove(earlier.Value);
            _nodes.Add(customer.GrainId, _longestIdleFirst.AddLast(customer));
        }
    }

    public void OnActive(IActivationWorkingSetMember member)
    {
        if (CustomerOf(member) is not { } customer) return;
        lock (_gate)
        {
            if (!_nodes.TryGetValue(customer.GrainId, out var node) || node.Value != customer) return;
            _longestIdleFirst.Remove(node);
            _longestIdleFirst.AddLast(node);
        }
    }

    public void OnDeactivating(IActivationWorkingSetMember member) => Forget(member);

    public void OnDeactivated(IActivationWorkingSetMember member) => Forget(member);

    private static async Task Leave(List<IGrainContext> leaving, CancellationToken cancellation)
    {
        foreach (var customer in leaving) customer.Deactivate(TooMany, CancellationToken.None);
        foreach (var customer in leaving) await customer.Deactivated.WaitAsync(cancellation);
    }

    private void Forget(IActivationWorkingSetMember member)
    {
        if (CustomerOf(member) is not { } customer) return;
        lock (_gate) Remove(customer);
    }

    private void Remove(IGrainContext customer)
    {
        if (!_nodes.TryGetValue(customer.GrainId, out var node) || node.Value != customer) return;
        _nodes.Remove(customer.GrainId);
        _longestIdleFirst.Remove(node);
    }

    private IGrainContext? CustomerOf(IActivationWorkingSetMember member) =>
        member is IGrainContext context && context.GrainId.Type == _customer ? context : null;
}
