namespace Grid.Delivery.WeCom;

/// <summary>What a code of WeCom means for the adapter.</summary>
internal enum ErrorKind
{
    None,

    /// <summary>Too many calls in a minute or an hour.</summary>
    Frequency,

    /// <summary>Too many calls at once, or two changes of one contact at once.</summary>
    Concurrency,

    /// <summary>WeCom is busy, out of reach, or answers something else than its JSON.</summary>
    Busy,

    /// <summary>The token is expired or invalid.</summary>
    Token,

    /// <summary>No repeat helps until something is changed.</summary>
    Refused,
}

/// <summary>The codes of WeCom that the adapter knows. Source: developer.work.weixin.qq.com/document/path/90455, unless said otherwise.</summary>
internal static class WeComErrors
{
    /// <summary>系统繁忙: the documentation advises at most three repeats.</summary>
    public const int SystemBusy = -1;

    public const int Ok = 0;

    /// <summary>数据版本冲突: several callers change the same data; repeat later.</summary>
    public const int VersionConflict = 6000;

    /// <summary>
    /// 不合法的secret参数. From <c>gettoken</c> it means the secret. Other clients (WxJava) have seen it for tokens as well, so that other calls treat it like 40014;
    /// the budget of tokens bounds what that can cost.
    /// </summary>
    public const int InvalidSecret = 40001;

    /// <summary>无效的UserID.</summary>
    public const int InvalidUserId = 40003;

    /// <summary>不合法的access_token; clients report it for expired tokens too.</summary>
    public const int InvalidToken = 40014;

    /// <summary>不合法的请求字符: bodies must not contain <c>\uxxxx</c>.</summary>
    public const int EscapedCharacters = 40033;

    /// <summary>不合法的标签ID: the tag is deleted, or belongs to another app.</summary>
    public const int InvalidTagId = 40068;

    /// <summary>标签名字已经存在.</summary>
    public const int TagExists = 40071;

    /// <summary>不合法的外部联系人userid (WxJava pull request 2591).</summary>
    public const int InvalidExternalUserId = 40096;

    /// <summary>access_token已过期.</summary>
    public const int ExpiredToken = 42001;

    /// <summary>接口调用超过限制.</summary>
    public const int FrequencyLimit = 45009;

    /// <summary>A minute's quota is used up. Known from other products of WeChat only; the list of WeCom does not have it.</summary>
    public const int MinuteLimit = 45011;

    /// <summary>接口并发调用超过限制.</summary>
    public const int ConcurrencyLimit = 45033;

    /// <summary>UserID不存在.</summary>
    public const int UnknownUserId = 60111;

    /// <summary>不存在外部联系人的关系: the member has not added the contact, or has deleted it.</summary>
    public const int NotAContact = 84061;

    /// <param name="code">The <c>errcode</c> of a response.</param>
    /// <param name="withToken">False for <c>gettoken</c>, which has no token that could be replaced.</param>
    public static ErrorKind KindOf(int code, bool withToken) => code switch
    {
        Ok => ErrorKind.None,
        SystemBusy or VersionConflict => ErrorKind.Busy,
        FrequencyLimit or MinuteLimit => ErrorKind.Frequency,
        ConcurrencyLimit => ErrorKind.Concurrency,
        InvalidSecret or InvalidToken or ExpiredToken when withToken => ErrorKind.Token,
        _ => ErrorKind.Refused,
    };
}
