namespace Grid.Model.Rejections;

/// <summary>What a customer rejects or replaces.</summary>
public static partial class Reasons
{
    public static readonly Reason EventInTheFuture = new(
        "事件时间比现在晚 24 小时以上，请检查发送方的时钟", "the event is more than 24 hours in the future");

    public static readonly Reason EventTooOld = new("事件时间早于 1900 年，请检查时间", "the event is from before the year 1900");

    public static readonly ReasonTemplate PointsOverdrawn = new(
        "要兑换 {points} 积分，但用户只有 {balance} 积分", "{points} points were to be redeemed, but the customer has {balance}");

    public static readonly ReasonTemplate TraitsFull = new(
        "用户的属性将超过 {max} 个（含已删除的）", "the customer would have over {max} traits, removed ones included");

    public static readonly ReasonTemplate TagsFull = new("用户已有 {max} 个标签，达到上限", "the customer has {max} tags already");

    public static readonly ReasonTemplate ConsentsFull = new(
        "用户已有 {max} 个用途的授权，达到上限", "the customer has consents for {max} purposes already");

    public static readonly ReasonTemplate PlansFull = new(
        "用户已有 {max} 次会员购买，达到上限", "the customer has {max} plan purchases already");

    public static readonly ReasonTemplate CommunitiesFull = new(
        "用户已加入 {max} 个社群，达到上限", "the customer has joined {max} communities already");

    public static readonly ReasonTemplate KindsFull = new("用户已有 {max} 种互动或浏览，达到上限", "the customer has {max} kinds already");

    public static readonly Reason OrdersFull = new("用户的订单记录已满", "the customer's order history is full");

    public static readonly Reason RefundsFull = new("用户的退款记录已满", "the customer's refund history is full");

    public static readonly Reason CancellationsFull = new("用户的取消记录已满", "the customer's cancellation history is full");

    public static readonly Reason RefundAmountUnknown = new(
        "products：只退了订单的一部分，且缺少价格，无法得出金额；请发送 total，或每件商品的 price",
        "products: some pieces of the order are returned and a price is missing, so the amount is unknown; send total, or the price of each product");

    public static readonly ReasonTemplate OrderConflict = new(
        "订单“{order}”已有另一内容：{known} 最小货币单位，时间 {knownAt}；这次是 {amount}，时间 {at}；以较早的为准",
        "order '{order}' is known with another content: {known} minor units at {knownAt}, not {amount} at {at}; the earlier one counts");

    public static readonly ReasonTemplate OrderReplacedByEarlier = new(
        "订单“{order}”原有另一内容：{known} 最小货币单位，时间 {knownAt}；这次的时间更早，以这次为准",
        "order '{order}' was known with another content: {known} minor units at {knownAt}; this one is earlier and counts instead");

    public static readonly ReasonTemplate OrderReplacedByLater = new(
        "订单“{order}”原有另一内容：{known} 最小货币单位，时间 {knownAt}；这次的时间相同，但到达更晚，以这次为准",
        "order '{order}' was known with another content: {known} minor units at {knownAt}; "
            + "this one has the same instant, came later and counts instead");

    public static readonly Reason RowDamaged = new(
        "该用户存储的数据行已损坏；请在修复之后重新发送", "the stored row of this customer is damaged; send it again when it has been repaired");

    public static readonly Reason CustomerIdEmpty = new("用户 ID 为空", "a customer id is empty");

    public static readonly ReasonTemplate CustomerIdTooLong = new("用户 ID 超过 {max} 字节", "a customer id is longer than {max} bytes");

    public static readonly Reason CustomerIdWithControl = new("用户 ID 含有控制字符", "a customer id contains a control character");

    public static readonly Reason NoBirthday = new("不是 1990-02-28 这样的日期", "it is no date such as 1990-02-28");

    public static readonly Reason NoAge = new("不是从 0 起的整数岁数", "it is no whole number of years from 0 on");
}
