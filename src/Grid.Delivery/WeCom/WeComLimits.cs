namespace Grid.Delivery.WeCom;

/// <summary>
/// Every bound of the WeCom adapter, its unit last, with its source. The limits of WeCom hold for a whole corp; the adapter keeps them for one process. Where
/// several processes share a corp, their settings must share the limits out.
/// </summary>
public static class WeComLimits
{
    /// <summary>Calls of one API in any minute. Source: developer.work.weixin.qq.com/document/path/90454 (10,000 a minute per corp and API).</summary>
    public const int CallsPerMinuteMax = 10_000;

    /// <summary>Calls of one API in any hour. Source: the same page (150,000 an hour per corp and API).</summary>
    public const int CallsPerHourMax = 150_000;

    /// <summary>Calls on their way at once. Source: an operator of WeCom in its community, on 45033 from <c>mark_tag</c>; not in the documentation.</summary>
    public const int ConcurrentCallsMax = 5;

    /// <summary>One more call is deferred instead of waiting for its turn. Our own bound.</summary>
    public const int WaitingCallsMax = 10_000;

    /// <summary>Requests of <c>gettoken</c> in any hour by default. Our own bound: one in two hours is normal, the rest is room for trouble.</summary>
    public const int TokenRequestsPerHour = 20;

    /// <summary>The most that settings may allow. Our own bound.</summary>
    public const int TokenRequestsPerHourMax = 100;

    /// <summary>
    /// Calls with a rejected token in any hour by default, after which the adapter stops until it is over. Our own bound: a quarter of what blocks an hour
    /// (about 2,000 wrong calls in an hour). Source: an operator of WeCom in its community.
    /// </summary>
    public const int RejectedCallsPerHour = 500;

    /// <summary>The most that settings may allow: half of what blocks.</summary>
    public const int RejectedCallsPerHourMax = 1_000;

    /// <summary>A token is replaced this long before it expires, at most a tenth of its life. Our own bound; WeCom's tokens live for 7,200 seconds.</summary>
    public const int TokenMarginSecondsMax = 60;

    /// <summary>
    /// Corp tags of a corp by default. Source: the documentation of <c>add_corp_tag</c> as several clients copied it; corps with a larger quota raise it.
    /// </summary>
    public const int TagQuota = 3_000;

    /// <summary>The largest quota that settings may name. Source: a third party's list of 2023 limits (10,000); not verified with WeCom.</summary>
    public const int TagQuotaMax = 10_000;

    /// <summary>UTF-16 characters of the name of a tag or tag group. Source: the documentation of <c>add_corp_tag</c> (30 characters).</summary>
    public const int TagNameCharactersMax = 30;

    /// <summary>Rounds of reading and adding before missing tags are given up; each further one means that somebody else changed the group meanwhile.</summary>
    public const int CatalogueRoundsMax = 3;

    /// <summary>Pages of 500 members read to find the one who follows a contact. Source of 500: the documentation of <c>externalcontact/get</c>.</summary>
    public const int FollowerPagesMax = 20;

    /// <summary>A request that takes longer has failed. Our own bound.</summary>
    public const int RequestTimeoutSeconds = 15;

    /// <summary>A longer response has failed; 10,000 tags are about 2 MB. Our own bound.</summary>
    public const int ResponseBytesMax = 8 * 1_024 * 1_024;

    /// <summary>The rest of WeCom's message is cut off. Our own bound.</summary>
    public const int MessageCharactersMax = 300;

    /// <summary>Refusals that a resync describes; further ones are only counted. Our own bound.</summary>
    public const int ResyncRefusalsMax = 100;

    /// <summary>Locks that keep the changes of one contact apart; contacts share them by hash. Our own bound.</summary>
    public const int ContactLocks = 256;
}
