using System.Text.Json.Serialization;
using Grid.Model;
using Grid.Model.Schemes.Definitions;
using Grid.Rulebooks.Explaining.Requirements;

namespace Grid.Rulebooks.Explaining;

/// <summary>What a sentence about something missing asks for, as a program follows it. What does not apply is left out.</summary>
/// <param name="Kind">
/// To be done: order, refund, interaction, view, activity, points, tag, untag, trait, age, plan, community, consent, withdrawal, favourite.
/// To be waited for: wait. Any one of several: choice. A value that has to be another: mustBe. The rest remark on the others: blocked,
/// waitFirst, doneBefore, leadsElsewhere, comesByItself, notAlone, unreachable, noRule, held, cancelled, takesEffect.
/// </param>
/// <param name="Count">So many times; the number of points; the age that <paramref name="Comparison"/> compares with.</param>
/// <param name="Amount">What the orders come to together, or the refund, in major units. An order counts for all that ask for orders.</param>
/// <param name="Seconds">How long the views last together.</param>
/// <param name="Names">Any of these will do: kinds, categories, plans, values of a trait.</param>
/// <param name="Of">The tag, trait, purpose or layer; of a favourite category, channel or season.</param>
/// <param name="Comparison">How a trait or the age has to compare: =, !=, &lt;, &lt;=, &gt;, &gt;=.</param>
/// <param name="Before">To be done before this instant.</param>
/// <param name="At">The instant waited for.</param>
/// <param name="Ways">Of a choice: any one of these (of notAlone: none), each all of its steps.</param>
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
