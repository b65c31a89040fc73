using Grid.Api.Transitions;

namespace Grid.Api.Customers;

/// <summary>The last transitions of one customer. The customer's answer has the present layers and their instants.</summary>
/// <param name="Since">All transitions after this instant are included; null: all of the log. /v1/transitions has older ones.</param>
/// <param name="Items">The newest first.</param>
public sealed record CustomerTransitions(string Customer, string? Since, IReadOnlyList<TransitionView> Items);
