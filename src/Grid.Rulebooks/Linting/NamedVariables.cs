using System.Globalization;
using Grid.Model.Facts;
using Grid.Model.Metrics;
using Grid.Model.Schemes.Conditions;
using Grid.Model.Schemes.Definitions;

namespace Grid.Rulebooks.Linting;

/// <summary>
/// Variables of conditions over names. The values of a trait or source are reduced to those that the scheme's conditions distinguish: none, each
/// named one, the numbers between bounds, and any other.
/// </summary>
internal sealed class NamedVariables(ConstraintModel model, IReadOnlyList<Condition> conditions)
{
    // A scheme file cannot contain control characters, so no condition names this value.
    private const string Another = "\u0001";
    private static readonly LocalizedText AnotherWords = new("其他值", "something else");

    /// <summary>The formula of a condition and the words for its customer in an example.</summary>
    /// <param name="text">As written: conditions with the same text are the same condition.</param>
    public (Formula Formula, IReadOnlyList<Reading> Readings) Read(Condition condition, string text) => condition switch
    {
        TagCondition tag => Tag(tag.Tag, tag.Has),
        PlanCondition plan => Plans(plan),
        FavouriteCondition favourite => Favourite(favourite),
        LayerCondition layer => Layer(layer),
        MembershipCondition membership => Membership(membership),
        SourceCondition source => Source(source),
        TraitCondition trait => Trait(trait),
        _ => Other(text),
    };

    /// <summary>A tag, set by hand or derived: the customer has it or not.</summary>
    public (Formula Formula, IReadOnlyList<Reading> Readings) Tag(string tag, bool has)
    {
        var variable = model.Of($"tag {tag}", Variable.Truths, ValueKind.Truth);
        var words = (long held) => held == 1
            ? new LocalizedText($"带标签“{tag}”", $"the tag \"{tag}\"")
            : new LocalizedText($"没有标签“{tag}”", $"no tag \"{tag}\"");
        return (variable.Is(IntervalSet.Only(has ? 1 : 0)), [new Reading("", variable, View.Itself, words)]);
    }

    private (Formula Formula, IReadOnlyList<Reading> Readings) Membership(MembershipCondition membership)
    {
        var states = MembershipCondition.States;
        var variable = model.Of("membership", IntervalSet.Between(0, states.Count - 1), ValueKind.Count);
        var words = (long state) => new LocalizedText($"会员 membership = {states[(int)state]}", $"membership = {states[(int)state]}");
        return (OneOf(variable, states, membership.Holds), [new Reading("", variable, View.Itself, words)]);
    }

    /// <summary>Several plans may run at once; while one does, the membership state is active.</summary>
    private (Formula, IReadOnlyList<Reading>) Plans(PlanCondition condition)
    {
        var active = Membership(new MembershipCondition(["active"], true, "")).Formula;
        List<Reading> readings = [];
        foreach (var plan in condition.Values.Distinct())
        {
            var variable = model.Of($"plan {plan}", Variable.Truths, ValueKind.Truth);
            model.State(variable.AtMost(0), active);
            readings.Add(new Reading("", variable, View.Itself, runs => runs == 1
                ? new LocalizedText($"付费方案 plan = {plan}", $"plan = {plan}")
                : new LocalizedText($"付费方案 plan != {plan}", $"plan != {plan}")));
        }

        var any = new Either([.. readings.Select(reading => reading.Variable.AtLeast(1))]);
        return (condition.Equal ? any : any.Negated(), readings);
    }

    private (Formula, IReadOnlyList<Reading>) Favourite(FavouriteCondition condition)
    {
        var name = $"favourite{condition.What}{(condition.Window.IsAll ? "" : $"({condition.Window})")}";
        var alike = conditions.OfType<FavouriteCondition>().Where(other => other.What == condition.What && other.Window == condition.Window);
        string?[] favourites = [null, .. alike.SelectMany(other => other.Values).Distinct(), Another];
        var variable = model.Of(name, IntervalSet.Between(0, favourites.Length - 1), ValueKind.Count);
        return (
            OneOf(variable, favourites, condition.Holds),
            [new Reading("", variable, View.Itself, value => Say(name, favourites[(int)value]))]);
    }

    private (Formula, IReadOnlyList<Reading>) Layer(LayerCondition condition)
    {
        var scheme = condition.Text.Split('(', ')')[1];
        var variable = model.Of($"layer {scheme}", IntervalSet.Between(0, condition.Layers.Count - 1), ValueKind.Count);
        var layers = Enumerable.Range(0, condition.Layers.Count).ToList();
        return (
            OneOf(variable, layers, condition.Holds),
            [new Reading("", variable, View.Itself, layer => Say($"layer({scheme})", condition.Layers[(int)layer]))]);
    }

    private (Formula, IReadOnlyList<Reading>) Source(SourceCondition condition)
    {
        string?[] sources = [null, .. conditions.OfType<SourceCondition>().SelectMany(other => other.Values).Distinct(), Another];
        var variable = model.Of("source", IntervalSet.Between(0, sources.Length - 1), ValueKind.Count);
        model.State(variable.AtMost(0), model.Of("community", Variable.Truths, ValueKind.Truth).AtLeast(1));
        return (
            OneOf(variable, sources, condition.Holds),
            [new Reading("", variable, View.Itself, value => Say("source", sources[(int)value]))]);
    }

    private (Formula, IReadOnlyList<Reading>) Trait(TraitCondition condition)
    {
        var name = $"trait({condition.Trait})";
        var named = conditions.OfType<TraitCondition>().Where(other => other.Trait == condition.Trait).SelectMany(other => other.Literals);
        TraitValue?[] values = [null, .. TellApart([.. named])];
        var variable = model.Of(name, IntervalSet.Between(0, values.Length - 1), ValueKind.Count);
        return (
            OneOf(variable, values, condition.Holds),
            [new Reading("", variable, View.Itself, value => Say(name, values[(int)value]?.Text))]);
    }

    /// <summary>For a condition of another kind, the variable is only whether it holds.</summary>
    private (Formula, IReadOnlyList<Reading>) Other(string text)
    {
        var variable = model.Of($"text {text}", Variable.Truths, ValueKind.Truth);
        var words = (long holds) => holds == 1
            ? new LocalizedText($"满足“{text}”", $"\"{text}\"")
            : new LocalizedText($"不满足“{text}”", $"not \"{text}\"");
        return (variable.AtLeast(1), [new Reading("", variable, View.Itself, words)]);
    }

    /// <summary>One value for each class of values that conditions with these bounds distinguish.</summary>
    private static IEnumerable<TraitValue?> TellApart(IReadOnlyList<TraitLiteral> named)
    {
        var texts = named.Select(literal => literal.Text).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        foreach (var text in texts) yield return TraitValue.OfText(text);
        var numbers = named.Select(literal => literal.Number).OfType<decimal>().Distinct().Order().ToList();
        for (var index = 0; index < numbers.Count; index++)
        {
            if (index == 0) yield return Number(numbers[0] - 1);
            yield return Number(index + 1 == numbers.Count ? numbers[index] + 1 : numbers[index] + ((numbers[index + 1] - numbers[index]) / 2));

            // The number itself, and a text of it in another spelling, which a literal in quotes does not meet.
            yield return TraitValue.OfNumber(numbers[index]);
            yield return TraitValue.OfText(numbers[index].ToString("0.0000000000000", CultureInfo.InvariantCulture));
        }

        if (texts.Exists(text => text.ToLowerInvariant() is "yes" or "no" or "true" or "false"))
        {
            yield return TraitValue.OfTruth(true);
            yield return TraitValue.OfTruth(false);
        }

        yield return TraitValue.OfText(Another);
    }

    private static TraitValue Number(decimal number) => TraitValue.OfText(number.ToString("0.############", CultureInfo.InvariantCulture));

    private static LocalizedText Say(string name, string? value) => value switch
    {
        null => new LocalizedText($"没有 {name}", $"no {name}"),
        Another => new LocalizedText($"{name} = {AnotherWords.Zh}", $"{name} = {AnotherWords.En}"),
        _ => new LocalizedText($"{name} = {value}", $"{name} = {value}"),
    };

    private static Literal OneOf<T>(Variable variable, IReadOnlyList<T> values, Func<T, bool> holds)
    {
        var met = new IntervalSet([]);
        for (var index = 0; index < values.Count; index++)
            if (holds(values[index]))
                met = met.Union(IntervalSet.Only(index));
        return variable.Is(met);
    }
}
