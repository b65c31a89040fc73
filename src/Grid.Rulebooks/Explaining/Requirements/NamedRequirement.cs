using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Schemes.Conditions;
using Grid.Model.Schemes.Definitions;

namespace Grid.Rulebooks.Explaining.Requirements;

/// <summary>The requirements that make a condition over names hold, or no longer hold.</summary>
internal static class NamedRequirement
{
    public static Requirement From(EvaluationContext context, NamedCondition condition, bool wanted)
    {
        var until = context.BecomesAt(condition, wanted);
        if (condition is TagCondition tag)
        {
            if (tag.Has == wanted) return Tag(ActionKind.Tag, tag, "打上", string.Empty);
            return until.IsNever
                ? Tag(ActionKind.Untag, tag, "去掉", " taken away")
                : RequirementText.Wait(FactKinds.None, context.Now, until);
        }

        if (condition is FavouriteCondition favourite && favourite.Equal == wanted)
        {
            var preferred = Favourite(favourite, context, wanted);
            return until.IsNever ? preferred : RequirementText.OneOf([[preferred], [RequirementText.Wait(FactKinds.None, context.Now, until)]]);
        }

        if (until.IsNever && condition is PlanCondition plan && plan.Equal == wanted) return Plan(plan);
        if (condition is TraitCondition trait) return Trait(trait, context, wanted);
        if (until.IsNever && condition is MembershipCondition membership && Runs(membership) == wanted) return PaidPlan;
        return until.IsNever
            ? ComparisonRequirement.MustHold(context, condition, wanted)
            : RequirementText.Wait(FactKinds.None, context.Now, until);
    }

    private static readonly Requirement PaidPlan =
        new(new LocalizedText("开通付费会员", "a paid membership purchased")) { Action = new RecommendedAction(ActionKind.Plan) { Count = 1 } };

    private static Requirement Tag(ActionKind kind, TagCondition tag, string zh, string en) =>
        new(new LocalizedText($"{zh}标签{ChineseText.Tag(tag)}", $"the tag '{tag.Tag}'{en}")) { Action = new RecommendedAction(kind) { Of = tag.Tag } };

    /// <summary>Whether a running membership, and no other state, fulfils it.</summary>
    private static bool Runs(MembershipCondition condition) =>
        condition.Holds("active") && !condition.Holds("expired") && !condition.Holds("none");

    private static Requirement Trait(TraitCondition condition, EvaluationContext context, bool wanted)
    {
        var actual = condition.Actual(context.Customer, context.Now);
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
        return new Requirement(new LocalizedText(
            $"特征「{condition.Trait}」须{mustZh} {zh}，{(actual is null ? "现未知" : $"现为 {actual}")}",
            $"the trait '{condition.Trait}' must {mustEn} {en}; it is {actual ?? "not known"}"))
        {
            Action = new RecommendedAction(ActionKind.Trait)
            {
                Of = condition.Trait,
                Operator = ComparisonRequirement.Needed(condition.Operator, wanted),
                Names = condition.Values,
                Condition = condition,
                Wanted = wanted,
            },
        };
    }

    private static Requirement Favourite(FavouriteCondition condition, EvaluationContext context, bool wanted)
    {
        var (zh, en) = condition.What switch
        {
            FavouriteOf.Category => ("品类", "category"),
            FavouriteOf.Channel => ("渠道", "channel"),
            _ => ("季节", "season"),
        };
        var actual = condition.Actual(context.Customer, context.Now) ?? AnswerText.None;
        return new Requirement(new LocalizedText(
            $"订单最多的{zh}须是 {string.Join("、", condition.Values.Select(ChineseText.Season))}，现为 {ChineseText.Season(actual)}",
            $"most orders must be of the {en} {string.Join(" or ", condition.Values)}; now they are of {actual}"))
        {
            TakesOrders = true,
            Action = new RecommendedAction(ActionKind.Favourite) { Of = en, Names = condition.Values, Condition = condition, Wanted = wanted },
        };
    }

    private static Requirement Plan(PlanCondition condition) => new(new LocalizedText(
        $"开通会员方案 {string.Join(" 或 ", condition.Values)}", $"the plan {string.Join(" or ", condition.Values)} purchased"))
    {
        Action = new RecommendedAction(ActionKind.Plan) { Count = 1, Names = condition.Values },
    };
}
