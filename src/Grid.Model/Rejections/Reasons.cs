namespace Grid.Model.Rejections;

/// <summary>
/// Every reason why an item is rejected or a part of it left out, in both languages. An earlier build reads the English text of a row or a message, and
/// a later one finds the reason by it: a changed English text is no longer translated in what is stored.
/// </summary>
public static partial class Reasons
{
    /// <summary>The reason concerns one field or column.</summary>
    public static readonly ReasonTemplate InField = new("{field}：{reason}", "{field}: {reason}") { Rank = 2 };

    /// <summary>The item is accepted without this part.</summary>
    public static readonly ReasonTemplate LeftOut = new("未采用：{reason}", "left out: {reason}") { Rank = 1 };

    public static readonly ReasonTemplate FurtherUnreported = new(
        "{reason}（此调用的其余部分不再列出）", "{reason} (further parts of this call are not reported)")
    { Rank = 3 };

    /// <summary>The text of a build with other reasons.</summary>
    public static readonly ReasonTemplate Unlisted = new("{text}", "{text}");
}
