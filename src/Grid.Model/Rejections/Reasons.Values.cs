namespace Grid.Model.Rejections;

/// <summary>What is wrong with one value, in a call or in a row.</summary>
public static partial class Reasons
{
    public static readonly Reason Missing = new("缺少这一项", "it is missing");

    public static readonly Reason Empty = new("内容为空", "it is empty");

    public static readonly Reason Blank = new("只有空白", "it is blank");

    public static readonly Reason WithControl = new("含有控制字符", "it contains a control character");

    public static readonly ReasonTemplate WithInvisible = new("含有不可见字符 U+{point}", "it contains the invisible character U+{point}");

    public static readonly ReasonTemplate TooManyBytes = new(
        "长 {length} 字节，最多 {max} 字节", "it has {length} bytes, at most {max} are taken");

    public static readonly ReasonTemplate PlaceholderId = new(
        "“{id}”是缺少 ID 时的占位文字，不是 ID", "'{id}' is a placeholder for a missing id");

    public static readonly ReasonTemplate WrongKind = new("类型是{found}，应为{expected}", "it is {found}, expected {expected}");

    public static readonly Reason BrokenSurrogate = new("含有半个代理对，不是完整的文字", "it holds half of a surrogate pair");

    public static readonly Reason NoInstant = new("不是 ISO 8601 时间", "it is no ISO 8601 instant");

    public static readonly ReasonTemplate OccursInTheFuture = new(
        "发生时间比现在晚 24 小时以上：{at}", "it occurred more than 24 hours in the future: {at}");

    public static readonly ReasonTemplate OccurredTooEarly = new("发生时间早于 {earliest}：{at}", "it occurred before {earliest}: {at}");

    public static readonly ReasonTemplate NoWholeNumber = new("不是 {min} 到 {max} 的整数", "it is no whole number of {min} to {max}");

    public static readonly ReasonTemplate NoSeconds = new("应为 0 到 {max} 秒", "expected 0 to {max} seconds");

    public static readonly Reason NumberOutOfRange = new("数字超出范围", "the number is out of range");

    public static readonly ReasonTemplate NoName = new(
        "不是 1 到 {max} 字节、不含控制字符的名称", "it is no name of 1 to {max} bytes without control characters");

    public static readonly ReasonTemplate NoTraitName = new(
        "属性名不是 1 到 {max} 字节，或含有控制字符", "its name has no 1 to {max} bytes without control characters");

    public static readonly ReasonTemplate TraitTooDeep = new("属性最多嵌套 {max} 层", "a trait is at most {max} levels deep");

    public static readonly ReasonTemplate TooManyTraits = new("一次调用最多有 {max} 个属性", "a call has at most {max} traits");

    public static readonly Reason AmountNegative = new("金额为负", "the amount is negative");

    public static readonly Reason AmountNotFinite = new("金额不是有限的数", "the amount is not finite");

    public static readonly Reason AmountTooLarge = new(
        "金额大于 1000000000000 最小货币单位", "the amount is larger than 1000000000000 minor units");

    public static readonly Reason AmountTooPrecise = new("金额的小数位多于该货币", "the amount has more decimals than the currency");

    public static readonly Reason AmountNoNumber = new("金额不是数字", "the amount is not a number");

    public static readonly Reason AmountNoMinorUnits = new("不是以最小货币单位计的整数", "it is no whole number of minor units");

    public static readonly Reason AmountInMajorUnits = new(
        "写成了主货币单位；csv 里的金额是以最小货币单位计的整数", "it is written in major units; csv amounts are whole numbers of minor units");

    public static readonly ReasonTemplate WrongCurrency = new("只接受 {currency}", "only {currency} is taken");
}
