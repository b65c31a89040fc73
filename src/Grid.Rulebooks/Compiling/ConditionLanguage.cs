namespace Grid.Rulebooks.Compiling;

/// <summary>
/// The version of the meaning of rulebook files. A stored rulebook carries the version it was read with. A build that reads its files in another way
/// puts them in force again under the next number, so that every customer that moves has a transition.
/// </summary>
public static class ConditionLanguage
{
    /// <summary>
    /// 1: scores are high by a margin; literals in quotes are texts, yes and no meet truths; a birthday may be an instant; activity counts by quarters
    /// of an hour. 0: before.
    /// </summary>
    public const int Current = 1;
}
