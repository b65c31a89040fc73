using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Schemes.Conditions;
using Grid.Model.Schemes.Definitions;

namespace Grid.Model.Answers.Needs;

/// <summary>What makes a condition over names hold, or no longer hold.</summary>
internal static class NamedNeed
{
    public static Need Of(Situation situation, NamedCondition condition, bool wanted)
    {
        var until = situation.BecomesAt(condition, wanted);
        if (condition is TagCondition tag)
        {
            if (tag.Has == wanted) return Tag(ActKind.Tag, tag, "打上", string.Empty);
            return until.IsNever
                ? Tag(ActKind.Untag, tag, "去掉", " taken away")
                : Phrases.Wait(FactKinds.None, situation.Now, until);
        }

        if (condition is FavouriteCondition favourite && favourite.Equal == wanted)
        {
            var preferred = Favourite(favourite, situation, wanted);
            return until.IsNever ? preferred : Phrases.OneOf([[preferred], [Phrases.Wait(FactKinds.None, situation.Now, until)]]);
        }

        if (until.IsNever && condition is PlanCondition plan && plan.Equal == wanted) return Plan(plan);
        if (condition is TraitCondition trait) return Trait(trait, situation, wanted);
        if (until.IsNever && condition is MembershipCondition membership && Runs(membership) == wanted) return PaidPlan;
        return until.IsNever
            ? ComparisonNeed.MustHold(situation, condition, wanted)
            : Phrases.Wait(FactKinds.None, situation.Now, until);
    }

    private static readonly Need PaidPlan =
        new(new Naming("开通付费会员", "a paid membership purchased")) { Act = new Act(ActKind.Plan) { Count = 1 } };

    private static Need Tag(ActKind kind, TagCondition tag, string zh, string en) =>
        new(new Naming($"{zh}标签{ChineseText.Tag(tag)}", $"the tag '{tag.Tag}'{en}")) { Act = new Act(kind) { Of = tag.Tag } };

    /// <summary>Whether a running membership, and no other state, fulfils it.</summary>
    private static bool Runs(MembershipCondition condition) =>
        condition.Holds("active") && !condition.Holds("expired") && !condition.Holds("none");

    private static Need Trait(TraitCondition condition, Situation situation, bool wanted)
    {
        var actual = condition.Actual(situation.Customer, situation.Now);
        var (zh, en) = (string.Join("、", condition.Values), string.Join(" or ", condition.Values));
        var (mustZh, mustEn) = condition.Operator switch
        {
            Operator.Less => wanted ? ("小于", "be less than") : ("不小于", "not be less than"),
            Operator.AtMost => wanted ? ("不超过", "be at most") : ("大于", "be more than"),
            Operator.Greater => wanted ? ("大于", "be more than") : ("不超过", "be at most"),
            Operator.AtLeast => wanted ? ("不少于", "be at least") : ("小于", "be less than"),
            Operator.NotEqual => wanted ? ("不是", "be other than") : ("是", "be"),
            _ => wanted ? ("是", "be") : ("不是", "be other than"),
        };
        return new Need(new Naming(
            $"特征「{condition.Trait}」须{mustZh} {zh}，{(actual is null ? "现未知" : $"现为 {actual}")}",
            $"the trait '{condition.Trait}' must {mustEn} {en}; it is {actual ?? "not known"}"))
        {
            Act = new Act(ActKind.Trait)
            {
                Of = condition.Trait,
                Operator = ComparisonNeed.Needed(condition.Operator, wanted),
                Names = condition.Values,
                Condition = condition,
                Wanted = wanted,
            },
        };
    }

    private static Need Favourite(FavouriteCondition condition, Situation situation, bool wanted)
    {
        var (zh, en) = condition.What switch
        {
            FavouriteOf.Category => ("品类", "category"),
            FavouriteOf.Channel => ("渠道", "channel"),
            _ => ("季节", "season"),
        };
        var actual = condition.Actual(situation.Customer, situation.Now) ?? AnswerText.None;
        return new Need(new Naming(
            $"订单最多的{zh}须是 {string.Join("、", condition.Values.Select(ChineseText.Season))}，现为 {ChineseText.Season(actual)}",
            $"most orders must be of the {en} {string.Join(" or ", condition.Values)}; now they are of {actual}"))
        {
            TakesOrders = true,
            Act = new Act(ActKind.Favourite) { Of = en, Names = condition.Values, Condition = condition, Wanted = wanted },
        };
    }

    private static Need Plan(PlanCondition condition) => new(new Naming(
        $"开通会员方案 {string.Join(" 或 ", condition.Values)}", $"the plan {string.Join(" or ", condition.Values)} purchased"))
    {
        Act = new Act(ActKind.Plan) { Count = 1, Names = condition.Values },
    };
}
