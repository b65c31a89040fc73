using Grid.Model.Customers;
using Grid.Model.Time;
using Grid.Model.Transitions;

namespace Grid.Model.Evaluation;

/// <summary>Bounds on how far a future is computed; at the first bound that is reached with deadlines left, it is cut short.</summary>
/// <param name="DeadlinesMax">Most deadlines bring no transition.</param>
public readonly record struct FutureBounds(int TransitionsMax, int DeadlinesMax);

/// <summary>
/// Computes the transitions that time alone will bring a customer under the rules in force. It runs the evaluator itself, so that the forecast cannot
/// differ from the later decisions.
/// </summary>
/// <remarks>Its scratch space is used again for the next customer. One instance per thread.</remarks>
public sealed class Future
{
    private readonly Evaluator _evaluator = new();
    private readonly List<Transition> _transitions = [];

    /// <summary>The transitions of the customer computed last, in the order of their instants.</summary>
    public IReadOnlyList<Transition> Transitions => _transitions;

    /// <param name="id">The customer.</param>
    /// <param name="customer">The customer's state. It is changed: pass a copy, or a state that is not needed any more.</param>
    /// <param name="now">Deadlines up to this instant are not part of the future.</param>
    /// <param name="before">The future ends before this instant; <see cref="Instant.Never"/>: it has no end.</param>
    /// <param name="rules">The rules in force.</param>
    /// <param name="bounds">Where the future is cut short.</param>
    /// <returns>False when it was cut short.</returns>
    public bool Live(CustomerId id, Customer customer, Instant now, Instant before, Rules rules, FutureBounds bounds)
    {
        _transitions.Clear();
        _evaluator.Begin(id, customer, now, rules, _transitions);
        _evaluator.AdvanceTo(now);
        _transitions.Clear();
        for (var deadlines = 0; ; deadlines++)
        {
            var due = _evaluator.DueAt();
            if (due >= before) return true;
            if (deadlines == bounds.DeadlinesMax || _transitions.Count >= bounds.TransitionsMax) return false;
            _evaluator.AdvanceTo(due);
        }
    }
}
