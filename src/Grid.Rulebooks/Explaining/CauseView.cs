using Grid.Model.Transitions;

namespace Grid.Rulebooks.Explaining;

/// <summary>Why a customer moved, as the API spells it.</summary>
/// <param name="Kind">event, late-event, time, baseline, rulebook or erasure.</param>
/// <param name="Number">Of the baseline or rulebook; null for the other kinds.</param>
public sealed record CauseView(string Kind, int? Number)
{
    public static CauseView From(Cause cause) => cause.Kind switch
    {
        CauseKind.Event => new CauseView("event", null),
        CauseKind.LateEvent => new CauseView("late-event", null),
        CauseKind.Time => new CauseView("time", null),
        CauseKind.Baseline => new CauseView("baseline", cause.Number),
        CauseKind.Erasure => new CauseView("erasure", null),
        _ => new CauseView("rulebook", cause.Number),
    };
}
