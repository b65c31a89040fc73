using System.Globalization;
using Grid.Model;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Schemes.Conditions;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;

namespace Grid.Rulebooks.Explaining.Requirements;

/// <summary>Applies to a copy of a customer the simplest facts that fulfil given requirements.</summary>
/// <param name="copy">The copy, which is changed.</param>
/// <param name="context">The inputs that the requirements were derived from.</param>
/// <param name="at">The instant of the simulated facts.</param>
/// <param name="seen">The instant of the later evaluation; a simulated plan runs at least until then.</param>
internal sealed class SimulatedActions(Customer copy, EvaluationContext context, Instant at, Instant seen)
{
    private int _done;

    /// <summary>False when one of the requirements cannot be simulated.</summary>
    public bool Do(IReadOnlyList<Requirement> requirements) =>
        Orders(requirements)
        && Favourites([.. requirements.Select(requirement => requirement.Action).Where(action => action.Kind == ActionKind.Favourite)])
        && requirements.GroupBy(requirement => requirement.Action.Of).All(Rest);

    /// <summary>Simulates orders; each counts for all requirements that need orders.</summary>
    private bool Orders(IReadOnlyList<Requirement> requirements)
    {
        var requested = requirements.Select(requirement => requirement.Action).Where(action => action.Kind == ActionKind.Order).ToList();
        if (requested.Count == 0) return true;
        var count = requested.Max(action => action.Count);
        if (count > AnswerLimits.OrdersTriedMax) return false;
        var amount = Math.Min(requested.Max(action => action.Amount), Limits.AmountMax);
        var category = requested.Select(action => action.Names).FirstOrDefault(names => names.Count > 0)?[0];
        for (var index = 0; index < count; index++)
            if (!Applied(key => new OrderPaid(at, key, Name(), index == 0 ? amount : 0, category)))
                return false;
        return true;
    }

    /// <param name="alike">Requirements on the same trait, tag or purpose.</param>
    private bool Rest(IEnumerable<Requirement> alike)
    {
        var actions = alike.Select(requirement => requirement.Action).ToList();
        var traits = actions.Where(action => action.Kind == ActionKind.Trait).ToList();
        return (traits.Count == 0 || Trait(traits)) && actions.Except(traits).All(One);
    }

    private bool One(RecommendedAction action)
    {
        switch (action.Kind)
        {
            case ActionKind.Order or ActionKind.Favourite: return true;
            case ActionKind.Refund: return Applied(key => new OrderRefunded(at, key, Name(), action.Amount));
            case ActionKind.Interaction: return Times(action.Count, key => new Interacted(at, key, action.Names.Count > 0 ? action.Names[0] : Name(0)));
            case ActionKind.View: return Times(action.Count, key => new Browsed(at, key, action.Names.Count > 0 ? action.Names[0] : null, (int)action.Seconds));
            case ActionKind.Activity: return Applied(key => new Browsed(at, key, null, 0));
            case ActionKind.Points: return Applied(key => new PointsChanged(at, key, action.Count));
            case ActionKind.Tag: return Applied(key => new TagChanged(at, key, action.Of!, true, Instant.Never));
            case ActionKind.Untag: return Applied(key => new TagChanged(at, key, action.Of!, false, Instant.Never));
            case ActionKind.Age: return Applied(key => new TraitsSet(at, key, [new Trait("age", TraitValue.OfNumber(Fitting(action.Operator, action.Count)))]));
            case ActionKind.Plan:
                var plan = action.Names.Count > 0 ? action.Names[0] : Name();
                return Applied(key => new PlanPurchased(at, key, plan, seen.Plus(MillisecondsPer.Day)));
            case ActionKind.Community: return Applied(key => new CommunityJoined(at, key, Name(), null));
            case ActionKind.Consent: return Applied(key => new ConsentChanged(at, key, action.Of!, true));
            case ActionKind.Withdrawal: return Applied(key => new ConsentChanged(at, key, action.Of!, false));
            default: return false;
        }
    }

    /// <summary>Simulates as many orders as necessary, each with all wanted favourites; for a season they are dated to its last days.</summary>
    private bool Favourites(IReadOnlyList<RecommendedAction> actions)
    {
        var wanted = actions.Select(action => (Condition: (FavouriteCondition)action.Condition!, action.Wanted)).ToList();
        FavouriteCondition? Of(FavouriteOf what) => wanted.Find(one => one.Condition.What == what).Condition;
        var (category, channel, season) = (Of(FavouriteOf.Category)?.Values[0], Of(FavouriteOf.Channel)?.Values[0], Of(FavouriteOf.Season));
        var day = at;
        while (season is not null && !season.Values.Contains(season.SeasonAt(day))) day = day.Plus(-MillisecondsPer.Day);
        for (var orders = 0; orders < AnswerLimits.OrdersTriedMax; orders++)
        {
            if (wanted.TrueForAll(one => one.Condition.Holds(copy, at, context.Baseline) == one.Wanted)) return true;
            if (!Applied(key => new OrderPaid(day, key, Name(), 0, category, channel))) return false;
        }

        return false;
    }

    /// <summary>Finds one value that satisfies all requirements on a trait; false when there is none.</summary>
    private bool Trait(List<RecommendedAction> requested)
    {
        var other = TraitValue.OfText(Name());
        var near = requested.SelectMany(action => action.Names).SelectMany(Near);
        var candidates = requested.All(action => action.Operator == Operator.NotEqual) ? near.Prepend(other) : near.Append(other);
        foreach (var value in candidates)
            if (requested.All(action => ((TraitCondition)action.Condition!).Holds(value) == action.Wanted))
                return Applied(key => new TraitsSet(at, key, [new Trait(requested[0].Of!, value)]));
        return false;
    }

    private static IEnumerable<TraitValue> Near(string name)
    {
        yield return TraitValue.OfText(name);
        if (TraitValue.OfText(name).AsNumber() is not { } number) yield break;
        yield return TraitValue.OfNumber(number - 1);
        yield return TraitValue.OfNumber(number + 1);
    }

    private static long Fitting(Operator @operator, long bound) => @operator switch
    {
        Operator.Less => bound - 1,
        Operator.Greater or Operator.NotEqual => bound + 1,
        _ => bound,
    };

    private bool Times(long count, Func<MessageKey, Fact> fact)
    {
        if (count > AnswerLimits.DeedsTriedMax) return false;
        for (var index = 0; index < count; index++)
            if (!Applied(fact))
                return false;
        return true;
    }

    private bool Applied(Func<MessageKey, Fact> fact)
    {
        _done++;
        return copy.Apply(fact(MessageKey.From(Name()))).Kind == OutcomeKind.Accepted;
    }

    private string Name() => Name(_done);

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"tried {number}");
}
