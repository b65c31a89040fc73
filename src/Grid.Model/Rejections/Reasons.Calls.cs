namespace Grid.Model.Rejections;

/// <summary>What is wrong with a call, a row, or a whole body.</summary>
public static partial class Reasons
{
    public static readonly ReasonTemplate CallNoObject = new("这个调用是{found}，应为对象", "the call is {found}, expected an object");

    public static readonly ReasonTemplate CallTooLong = new(
        "这个调用有 {length} 字节，最多 {max} 字节", "the call has {length} bytes, at most {max} are taken");

    public static readonly ReasonTemplate CallTooDeep = new("这个调用的嵌套超过 {max} 层", "the call is nested in more than {max} levels");

    public static readonly Reason ObjectTwice = new("这个对象出现了两次", "the object is there twice");

    public static readonly Reason NoMerging = new("尚不支持合并用户（alias）", "merging customers is not built yet");

    public static readonly Reason NoCallType = new(
        "不是调用的类型；应为 track、identify、page、screen、group 或 alias",
        "it is no type of call; expected track, identify, page, screen, group or alias");

    public static readonly Reason NoCustomer = new("缺少 userId 和 anonymousId；请至少提供一个", "userId and anonymousId are both missing");

    public static readonly ReasonTemplate ReservedPrefix = new(
        "“{prefix}”是匿名用户的前缀；请改用 anonymousId", "'{prefix}' is the prefix of anonymous customers");

    public static readonly Reason EventNotMapped = new("没有这个事件名的映射；请核对事件名或映射文件", "event name is not mapped");

    public static readonly Reason NoAmount = new("缺少 total 和 revenue；请提供一个", "total and revenue are both missing");

    public static readonly ReasonTemplate LineTooLong = new(
        "这一行有 {length} 字节或更多，最多 {max} 字节", "the line has {length} bytes or more, at most {max} are taken");

    public static readonly Reason QuoteNotClosed = new("引号没有闭合", "a quote is not closed");

    public static readonly Reason QuoteNotAllowed = new("这里不允许有引号", "a quote is not allowed here");

    public static readonly Reason RowNoUtf8 = new("这一行不是有效的 UTF-8", "the row is not valid UTF-8");

    public static readonly ReasonTemplate ColumnsDiffer = new(
        "这一行有 {columns} 列，表头有 {width} 列", "the row has {columns} columns, the header has {width}");

    public static readonly Reason NoRowKind = new("没有这一类；应为 sale、refund 或 cancellation", "it is unknown; expected sale, refund or cancellation");

    public static readonly Reason BodyEmpty = new("请求体为空；请发送一个 JSON 对象。", "the body is empty");

    public static readonly Reason BodyNoUtf8 = new("请求体不是有效的 UTF-8；请改用 UTF-8 编码。", "the body is not valid UTF-8");

    public static readonly ReasonTemplate BodyNoObject = new(
        "请求体是{found}，不是 JSON 对象；请发送一个 JSON 对象。", "the body is {found}, expected an object");

    public static readonly ReasonTemplate BodyNoJson = new("JSON 无法读取，请检查语法：{message}", "unreadable JSON: {message}");

    public static readonly Reason BatchMissing = new("缺少 batch；请把事件放在 batch 数组里。", "batch is missing");

    public static readonly Reason BatchTwice = new("batch 出现了两次；请只保留一个。", "batch is there twice");

    public static readonly ReasonTemplate BatchNoArray = new(
        "batch 是{found}，不是数组；请改成事件的数组。", "batch is {found}, expected an array");

    public static readonly ReasonTemplate BatchTooLong = new(
        "一个批次最多有 {max} 个事件；请拆分后再发送。", "a batch has at most {max} events");
}
