using Grid.Ledger;
using Grid.Model.Transitions;
using Grid.Rulebooks.Explaining;

namespace Grid.Api.Transitions;

/// <param name="Position">The place in the log after this transition.</param>
/// <param name="From">Null on entry.</param>
/// <param name="To">Null on exit: the scheme was removed, or the customer erased.</param>
/// <param name="Direction">upgrade, downgrade, change (in a scheme without order), entry or exit.</param>
/// <param name="EffectiveAt">The rule's instant.</param>
/// <param name="RecordedAt">When the grid noticed.</param>
public sealed record TransitionView(
    string Position,
    string Customer,
    string Scheme,
    string? From,
    string? To,
    string Direction,
    CauseView Cause,
    string EffectiveAt,
    string RecordedAt)
{
    internal static TransitionView Create(Transition transition, LogPosition position) => new(
        position.ToString(),
        transition.Customer.Value,
        transition.Scheme,
        transition.From,
        transition.To,
        NameOf(transition.Direction),
        CauseView.From(transition.Cause),
        transition.EffectiveAt.ToString(),
        transition.RecordedAt.ToString());

    internal static string NameOf(Direction direction) => direction switch
    {
        Model.Transitions.Direction.Upgrade => "upgrade",
        Model.Transitions.Direction.Downgrade => "downgrade",
        Model.Transitions.Direction.Exit => "exit",
        Model.Transitions.Direction.Change => "change",
        _ => "entry",
    };
}

/// <param name="Position">The log was read up to this position; pass it on to continue after it.</param>
/// <param name="Skipped">The number of transitions that a retention limit had removed before they could be read.</param>
public sealed record TransitionsFrame(string Position, long Skipped, IReadOnlyList<TransitionView> Items);

/// <param name="Position">The log was examined up to this position; pass it as <c>after</c> to continue.</param>
public sealed record TransitionsResponse(string Position, IReadOnlyList<TransitionView> Items);
