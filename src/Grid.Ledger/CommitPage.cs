namespace Grid.Ledger;

/// <summary>The changes of one transaction of a lane. An erased customer has version 0 (<see cref="CommittedCustomer.Erased"/>).</summary>
/// <param name="Number">The number of the batch in its lane; without gaps.</param>
/// <param name="LastSequence">Number of the lane's last transition after the batch.</param>
/// <param name="Customers">In the order of their changes; a customer that changed twice occurs twice.</param>
public sealed record CommittedBatch(int Lane, long Number, long LastSequence, IReadOnlyList<CommittedCustomer> Customers);

/// <summary>Some batches, those of each lane in their order; <paramref name="Next"/> is the position of the next page.</summary>
public sealed record CommitPage(IReadOnlyList<CommittedBatch> Batches, CommitPosition Next);
