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
            if (tag.Has == wanted) return new Need(new Naming($"打上标签「{tag.Tag}」", $"the tag '{tag.Tag}'"));
            return until.IsNever
                ? new Need(new Naming($"去掉标签「{tag.Tag}」", $"the tag '{tag.Tag}' taken away"))
                : Phrases.Wait(FactKinds.None, situation.Now, until);
        }

        if (until.IsNever && condition is FavouriteCondition favourite && favourite.Equal == wanted)
            return Favourite(favourite, situation);
        if (until.IsNever && condition is PlanCondition plan && plan.Equal == wanted) return Plan(plan);
        return until.IsNever
            ? ComparisonNeed.MustHold(condition.Text, wanted, condition.Actual(situation.Customer, situation.Now))
            : Phrases.Wait(FactKinds.None, situation.Now, until);
    }

    private static Need Favourite(FavouriteCondition condition, Situation situation)
    {
        var (zh, en) = condition.What switch
        {
            FavouriteOf.Category => ("品类", "category"),
            FavouriteOf.Channel => ("渠道", "channel"),
            _ => ("季节", "season"),
        };
        var actual = condition.Actual(situation.Customer, situation.Now) ?? AnswerText.None;
        return new Need(new Naming(
            $"订单最多的{zh}须是 {string.Join("、", condition.Values)}，现为 {actual}",
            $"most orders must be of the {en} {string.Join(" or ", condition.Values)}; now they are of {actual}"));
    }

    private static Need Plan(PlanCondition condition) => new(new Naming(
        $"开通会员方案 {string.Join(" 或 ", condition.Values)}", $"the plan {string.Join(" or ", condition.Values)} purchased"));
}
