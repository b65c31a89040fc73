using System.Text.Json.Serialization;
using Grid.Model;
using Grid.Model.Schemes.Definitions;
using Grid.Rulebooks.Explaining.Requirements;

namespace Grid.Rulebooks.Explaining;

/// <summary>A requirement as data, for programs. Fields that do not apply are absent.</summary>
/// <param name="Kind">
/// Actions: order, refund, interaction, view, activity, points, tag, untag, trait, age, plan, community, consent, withdrawal, favourite. Waiting:
/// wait. Any one of several ways: choice. A value that must become another one: mustBe. Remarks on the other steps: blocked, waitFirst, doneBefore,
/// leadsElsewhere, comesByItself, notAlone, unreachable, noRule, held, cancelled, takesEffect.
/// </param>
/// <param name="Count">The number of repetitions; the number of points; the age that <paramref name="Comparison"/> compares with.</param>
/// <param name="Amount">The total of the orders, or the refund, in major units. An order counts for all steps that need orders.</param>
/// <param name="Seconds">The total duration of the views.</param>
/// <param name="Names">Kinds, categories, plans or values of a trait, of which any one will do.</param>
/// <param name="Of">The name of the tag, trait, purpose or layer; for a favourite: category, channel or season.</param>
/// <param name="Comparison">The comparison of the trait or the age: =, !=, &lt;, &lt;=, &gt;, &gt;=.</param>
/// <param name="Before">The action must be done before this instant.</param>
/// <param name="At">The instant at which the waiting ends.</param>
/// <param name="Ways">The ways of a choice, of which any one will do (of notAlone: none does); each is a list of steps that belong together.</param>
public sealed record StepView(
    string Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Count = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Amount = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Seconds = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Names = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Of = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Comparison = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Before = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? At = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<IReadOnlyList<StepView>>? Ways = null)
{
    internal static StepView From(Requirement requirement, Currency currency)
    {
        var action = requirement.Action;
        return new StepView(
            char.ToLowerInvariant(action.Kind.ToString()[0]) + action.Kind.ToString()[1..],
            action.Count == 0 && action.Kind != ActionKind.Age ? null : action.Count,
            action.Amount == 0 ? null : currency.Format(action.Amount),
            action.Seconds == 0 ? null : action.Seconds,
            action.Names.Count == 0 ? null : action.Names,
            action.Of,
            action.Kind is ActionKind.Trait or ActionKind.Age ? Sign(action.Operator) : null,
            AnswerText.Format(action.Before),
            AnswerText.Format(action.At),
            requirement.Ways.Count == 0 ? null : [.. requirement.Ways.Select(way => way.Select(one => From(one, currency)).ToList())]);
    }

    private static string Sign(Operator @operator) => @operator switch
    {
        Operator.Less => "<",
        Operator.AtMost => "<=",
        Operator.Greater => ">",
        Operator.AtLeast => ">=",
        Operator.NotEqual => "!=",
        _ => "=",
    };
}
