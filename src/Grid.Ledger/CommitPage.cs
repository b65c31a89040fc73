namespace Grid.Ledger;

/// <summary>What one transaction of a lane changed. An erased customer is in it at version 0 (<see cref="CommittedCustomer.Erased"/>).</summary>
/// <param name="Number">Of the batch in its lane; without gaps.</param>
/// <param name="LastSequence">Number of the lane's last transition after the batch.</param>
/// <param name="Customers">In the order of their changes; one that changed twice is there twice.</param>
public sealed record CommittedBatch(int Lane, long Number, long LastSequence, IReadOnlyList<CommittedCustomer> Customers);

/// <summary>Some batches, those of each lane in their order; <paramref name="Next"/> is where to go on.</summary>
public sealed record CommitPage(IReadOnlyList<CommittedBatch> Batches, CommitPosition Next);
