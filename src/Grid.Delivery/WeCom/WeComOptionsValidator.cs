using Grid.Model.Schemes.Definitions;

namespace Grid.Delivery.WeCom;

/// <summary>Finds what is wrong with the settings of the WeCom adapter.</summary>
public static class WeComOptionsValidator
{
    /// <summary>All problems, in the order of the settings; empty when they are valid.</summary>
    public static IReadOnlyList<WeComProblem> Validate(WeComOptions options)
    {
        var problems = new List<WeComProblem>();
        ValidateWord("corpId", options.CorpId, "企业ID", "the corp's id", problems);
        ValidateWord("secret", options.Secret, "应用的 secret", "the app's secret", problems);
        ValidateBaseUrl(options.BaseUrl, problems);
        ValidateGroups(options.TagGroups, problems);
        ValidateTraits(options, problems);
        ValidateNumber("tagQuota", options.TagQuota, WeComLimits.TagQuotaMax, problems);
        ValidateNumber("callsPerMinute", options.CallsPerMinute, WeComLimits.CallsPerMinuteMax, problems);
        ValidateNumber("callsPerHour", options.CallsPerHour, WeComLimits.CallsPerHourMax, problems);
        ValidateNumber("concurrentCalls", options.ConcurrentCalls, WeComLimits.ConcurrentCallsMax, problems);
        ValidateNumber("tokenRequestsPerHour", options.TokenRequestsPerHour, WeComLimits.TokenRequestsPerHourMax, problems);
        ValidateNumber("rejectedCallsPerHour", options.RejectedCallsPerHour, WeComLimits.RejectedCallsPerHourMax, problems);
        return problems;
    }

    /// <summary>The reason why WeCom would refuse a name of a tag or tag group; null when it would not.</summary>
    internal static LocalizedText? NameProblem(string name)
    {
        if (string.IsNullOrWhiteSpace(name)) return new LocalizedText("名称不能为空", "the name must not be blank");
        if (name.Length > WeComLimits.TagNameCharactersMax)
        {
            return new LocalizedText(
                $"名称最长 {WeComLimits.TagNameCharactersMax} 个字符，现为 {name.Length} 个",
                $"the name may have {WeComLimits.TagNameCharactersMax} characters, it has {name.Length}");
        }

        // A blank at an edge or a control character would come back changed, and the tag would not be found again by its name.
        return name.Trim() != name || name.Any(char.IsControl)
            ? new LocalizedText("名称首尾不能有空格，也不能含控制字符", "the name must not begin or end with a blank nor contain control characters")
            : null;
    }

    private static void ValidateWord(string path, string value, string zh, string en, List<WeComProblem> problems)
    {
        if (!string.IsNullOrEmpty(value) && !value.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))) return;
        problems.Add(Problem(path, "value_missing", $"请填写{zh}，不含空格", $"give {en}, without blanks"));
    }

    private static void ValidateBaseUrl(Uri url, List<WeComProblem> problems)
    {
        // The token and the secret are part of each URL: without TLS every hop would read them.
        var safe = url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));
        if (safe && url.Query.Length == 0 && url.Fragment.Length == 0 && url.UserInfo.Length == 0) return;
        problems.Add(Problem(
            "baseUrl",
            "url_form",
            "地址须为 https，不带参数；http 只用于本机",
            "write an https URL without query or credentials; http is for this machine only"));
    }

    private static void ValidateGroups(IReadOnlyDictionary<string, string> groups, List<WeComProblem> problems)
    {
        if (groups.Count == 0) problems.Add(Problem("tagGroups", "groups_missing", "至少为一个分层方案指定标签组", "name the tag group of at least one scheme"));
        var seen = new HashSet<string>();
        foreach (var (scheme, name) in groups.OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var path = $"tagGroups.{scheme}";
            if (NameProblem(name) is { } text) problems.Add(new WeComProblem(path, "name_form", text));
            else if (!seen.Add(name))
                problems.Add(Problem(path, "group_repeated", $"标签组“{name}”已用于另一方案", $"the tag group \"{name}\" belongs to another scheme; name a second one"));
        }
    }

    private static void ValidateTraits(WeComOptions options, List<WeComProblem> problems)
    {
        ValidateWord("userIdTrait", options.UserIdTrait, "保存 userid 的属性名", "the name of the trait that holds the userid", problems);
        ValidateWord("externalUserIdTrait", options.ExternalUserIdTrait, "保存 external_userid 的属性名", "the name of the trait with the external_userid", problems);
        if (options.UserIdTrait == options.ExternalUserIdTrait)
            problems.Add(Problem("externalUserIdTrait", "trait_repeated", "两个属性名须不同", "name two different traits"));
    }

    private static void ValidateNumber(string path, int value, int max, List<WeComProblem> problems)
    {
        if (value is >= 1 && value <= max) return;
        problems.Add(Problem(path, "number_range", $"须为 1 到 {max}", $"write a number from 1 to {max}"));
    }

    private static WeComProblem Problem(string path, string code, string zh, string en) => new(path, code, new LocalizedText(zh, en));
}
