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

        return until.IsNever
            ? ComparisonNeed.MustHold(condition.Text, wanted, condition.Actual(situation.Customer, situation.Now))
            : Phrases.Wait(FactKinds.None, situation.Now, until);
    }
}
