namespace Grid.Model.Rejections;

/// <summary>The kinds of values that reasons name: those of JSON, and what is expected.</summary>
public static class ReasonWords
{
    public static readonly Reason Object = new("对象", "an object");
    public static readonly Reason Array = new("数组", "an array");
    public static readonly Reason Text = new("文本", "a text");
    public static readonly Reason Number = new("数字", "a number");
    public static readonly Reason TruthValue = new("布尔值", "a truth value");
    public static readonly Reason Null = new("null（空值）", "null");
    public static readonly Reason Missing = new("空缺", "missing");
    public static readonly Reason Amount = new("金额", "an amount");
    public static readonly Reason Scalar = new("文本、数字或布尔值", "a text, a number or a truth value");
}
