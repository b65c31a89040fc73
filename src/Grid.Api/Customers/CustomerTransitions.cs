using Grid.Api.Transitions;

namespace Grid.Api.Customers;

/// <summary>The last transitions of one customer. Where it stands now, and since when, its layers say themselves.</summary>
/// <param name="Since">After this instant they are all here; null: from the beginning of the log. Older ones are asked of /v1/transitions.</param>
/// <param name="Items">The newest first.</param>
public sealed record CustomerTransitions(string Customer, string? Since, IReadOnlyList<TransitionView> Items);
