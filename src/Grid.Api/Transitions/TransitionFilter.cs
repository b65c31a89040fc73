using Grid.Api.Parameters;
using Grid.Api.Schemes;
using Grid.Ledger;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Transitions;

namespace Grid.Api.Transitions;

/// <summary>The requested transitions. A null property matches all; the others must all hold.</summary>
/// <param name="Layer">The layer that the customer entered or left.</param>
/// <param name="Direction">upgrade, downgrade, change, entry or exit.</param>
public sealed record TransitionFilter(string? Scheme = null, string? Layer = null, string? Direction = null, string? Customer = null)
{
    internal static readonly TransitionFilter None = new();

    /// <summary>The first property that could never match; null when all are valid.</summary>
    internal ParameterError? Error(Rules rules)
    {
        if (Scheme is not null && !rules.HasEver(Scheme))
            return Parameter.UnknownScheme(Scheme);
        if (Layer is not null && !rules.HasEverLayer(Scheme, Layer))
        {
            return new ParameterError(
                "layer",
                $"{(Scheme is null ? "所有分层方案" : $"分层方案“{Parameter.Shown(Scheme)}”")}中都没有层级“{Parameter.Shown(Layer)}”；请核对 layer。",
                $"there is no layer '{Parameter.Shown(Layer)}' in {Scheme ?? "any scheme"}");
        }

        if (Direction is not (null or "upgrade" or "downgrade" or "change" or "entry" or "exit"))
        {
            return new ParameterError(
                "direction",
                $"direction 的值是“{Parameter.Shown(Direction)}”；请填写 upgrade、downgrade、change、entry 或 exit。",
                $"direction is '{Parameter.Shown(Direction)}'; it is upgrade, downgrade, change, entry or exit");
        }

        return Customer is not null && CustomerId.Fault(Customer) is { } reason ? new ParameterError("customer", reason.Text) : null;
    }

    /// <summary>Adds matching transitions, up to <paramref name="max"/>.</summary>
    /// <returns>The position up to which the page was examined.</returns>
    internal LogPosition Collect(LogPage page, LogPosition after, List<TransitionView> matches, int max = int.MaxValue)
    {
        foreach (var item in page.Items)
        {
            after = after.With(item.Lane, item.Sequence);
            if (!Matches(item.Transition)) continue;
            matches.Add(TransitionView.Create(item.Transition, after));
            if (matches.Count == max) return after;
        }

        return page.Next;
    }

    private bool Matches(Transition transition) =>
        (Scheme is null || transition.Scheme == Scheme)
        && (Layer is null || transition.To == Layer || transition.From == Layer)
        && (Direction is null || TransitionView.NameOf(transition.Direction) == Direction)
        && (Customer is null || transition.Customer.Value == Customer);
}
