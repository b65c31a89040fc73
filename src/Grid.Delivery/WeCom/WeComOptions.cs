using Grid.Model.Schemes.Definitions;

namespace Grid.Delivery.WeCom;

/// <summary>The settings of the WeCom adapter: one corp, one app.</summary>
public sealed record WeComOptions
{
    /// <summary>The id of the corp (企业ID).</summary>
    public required string CorpId { get; init; }

    /// <summary>The secret of the app that may call 客户联系. Never written to logs.</summary>
    public required string Secret { get; init; }

    /// <summary>Scheme and host, optionally a path of a proxy.</summary>
    public Uri BaseUrl { get; init; } = new("https://qyapi.weixin.qq.com");

    /// <summary>
    /// The name of the tag group of each mirrored scheme. The grid owns these groups: it removes every tag of them from a customer but that of the customer's
    /// layer. It touches no other tag.
    /// </summary>
    public required IReadOnlyDictionary<string, string> TagGroups { get; init; }

    /// <summary>The trait that holds the member (userid) who added the customer.</summary>
    public string UserIdTrait { get; init; } = "wecom_userid";

    /// <summary>The trait that holds the external_userid of the customer.</summary>
    public string ExternalUserIdTrait { get; init; } = "external_userid";

    /// <summary>Corp tags that the corp may have, those of others included.</summary>
    public int TagQuota { get; init; } = WeComLimits.TagQuota;

    /// <summary>Calls of one API in any minute, by this process.</summary>
    public int CallsPerMinute { get; init; } = WeComLimits.CallsPerMinuteMax;

    /// <summary>Calls of one API in any hour, by this process.</summary>
    public int CallsPerHour { get; init; } = WeComLimits.CallsPerHourMax;

    /// <summary>Calls on their way at once, by this process.</summary>
    public int ConcurrentCalls { get; init; } = WeComLimits.ConcurrentCallsMax;

    /// <summary>Requests of a token in any hour, by this process.</summary>
    public int TokenRequestsPerHour { get; init; } = WeComLimits.TokenRequestsPerHour;

    /// <summary>Calls with a rejected token in any hour, by this process.</summary>
    public int RejectedCallsPerHour { get; init; } = WeComLimits.RejectedCallsPerHour;

    /// <summary>Never the secret.</summary>
    public override string ToString() => $"WeCom corp {CorpId} at {BaseUrl}";
}

/// <summary>One thing wrong with the settings.</summary>
/// <param name="Path">The setting, for example <c>tagGroups.rfm8</c>.</param>
/// <param name="Code">The same in every language.</param>
/// <param name="Text">What to write instead.</param>
public sealed record WeComProblem(string Path, string Code, LocalizedText Text);
