using Grid.Ledger;
using Grid.Model.Transitions;
using Grid.Rulebooks.Explaining;

namespace Grid.Api.Transitions;

/// <param name="Position">The place in the log after this transition.</param>
/// <param name="From">Null on entry.</param>
/// <param name="To">Null on exit: the scheme is gone, or the customer.</param>
/// <param name="Direction">upgrade, downgrade, entry or exit.</param>
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
        _ => "entry",
    };
}

/// <param name="Position">Everything up to here was read; pass it on to continue after it.</param>
/// <param name="Skipped">How many a retention limit had cut from the log before they could be read.</param>
public sealed record TransitionsFrame(string Position, long Skipped, IReadOnlyList<TransitionView> Items);

/// <param name="Position">Everything up to here was looked at; pass it as <c>after</c> to go on.</param>
public sealed record TransitionsResponse(string Position, IReadOnlyList<TransitionView> Items);
