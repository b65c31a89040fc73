using Grid.Model.Schemes.Definitions;

namespace Grid.Delivery.Webhooks;

/// <summary>Finds what is wrong with the settings of an endpoint. Names of hosts are looked up when they are dialled, not here.</summary>
public static class WebhookEndpointValidator
{
    private const string SecretPrefix = "whsec_";

    /// <summary>All problems, in the order of the properties; empty when the settings are valid.</summary>
    public static IReadOnlyList<EndpointProblem> Validate(WebhookEndpoint endpoint, AddressRules rules)
    {
        var problems = new List<EndpointProblem>();
        ValidateName(endpoint.Name, problems);
        ValidateUrl(endpoint.Url, rules, problems);
        ValidateSecrets(endpoint.Secrets, problems);
        ValidateHeaders(endpoint.Headers, problems);
        ValidateNumber("rate", endpoint.RatePerSecond, DeliveryLimits.RatePerSecondMax, problems);
        ValidateNumber("concurrency", endpoint.Concurrency, DeliveryLimits.ConcurrencyMax, problems);
        if (!Enum.IsDefined(endpoint.Format))
            problems.Add(Problem("format", "format_unknown", "格式须为 cloudevents 或 segment", "write the format as cloudevents or segment"));
        return problems;
    }

    private static void ValidateName(string name, List<EndpointProblem> problems)
    {
        if (IsName(name)) return;
        problems.Add(Problem(
            "name",
            "name_form",
            $"名称须为小写字母、数字和连字符，最长 {DeliveryLimits.EndpointNameCharactersMax} 个字符",
            $"write the name in lower-case letters, digits and hyphens, at most {DeliveryLimits.EndpointNameCharactersMax}"));
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= DeliveryLimits.EndpointNameCharactersMax && name[0] != '-' && name[^1] != '-'
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static void ValidateUrl(string url, AddressRules rules, List<EndpointProblem> problems)
    {
        if (WebhookUrl.Read(url, out _, out var address) is { } problem) problems.Add(problem);
        else if (address is not null && rules.Refusal(address) is { } reason)
            problems.Add(Problem("url", "url_address", $"不允许向 {address} 发送：它不是公网地址", $"{address} is not allowed: {reason}; name a public host"));
    }

    private static void ValidateSecrets(IReadOnlyList<string> secrets, List<EndpointProblem> problems)
    {
        if (secrets.Count is < 1 or > DeliveryLimits.SecretsMax)
        {
            problems.Add(Problem(
                "secrets", "secrets_count", $"须有 1 到 {DeliveryLimits.SecretsMax} 个密钥", $"give 1 to {DeliveryLimits.SecretsMax} secrets"));
        }

        for (var i = 0; i < secrets.Count; i++)
        {
            var place = $"secrets[{i}]";
            if (!IsSecret(secrets[i]))
            {
                problems.Add(Problem(
                    place,
                    "secret_form",
                    $"密钥须为 whsec_ 加 {DeliveryLimits.SecretBytesMin} 到 {DeliveryLimits.SecretBytesMax} 字节的 base64",
                    $"write whsec_ and {DeliveryLimits.SecretBytesMin} to {DeliveryLimits.SecretBytesMax} random bytes in base64"));
            }
            else if (secrets.Take(i).Contains(secrets[i]))
            {
                problems.Add(Problem(place, "secret_repeated", "密钥重复", "the secret is given twice; leave one out"));
            }
        }
    }

    private static bool IsSecret(string secret)
    {
        if (!secret.StartsWith(SecretPrefix, StringComparison.Ordinal)) return false;
        Span<byte> bytes = stackalloc byte[DeliveryLimits.SecretBytesMax];
        return !secret.Any(char.IsWhiteSpace)
            && Convert.TryFromBase64Chars(secret.AsSpan(SecretPrefix.Length), bytes, out var length)
            && length >= DeliveryLimits.SecretBytesMin;
    }

    private static void ValidateHeaders(IReadOnlyList<NamedText> headers, List<EndpointProblem> problems)
    {
        if (headers.Count > DeliveryLimits.HeadersMax)
        {
            problems.Add(Problem(
                "headers", "headers_count", $"最多 {DeliveryLimits.HeadersMax} 个请求头", $"give at most {DeliveryLimits.HeadersMax} headers"));
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < headers.Count; i++)
        {
            var (name, value) = headers[i];
            var place = $"headers[{i}]";
            if (!HeaderRules.IsName(name))
                problems.Add(Problem($"{place}.name", "header_name", "请求头名称无效", "the name is no header; use letters, digits and hyphens"));
            else if (HeaderRules.IsReserved(name))
                problems.Add(Problem($"{place}.name", "header_reserved", $"{name} 由系统设置，不能指定", $"{name} is set by the grid or by HTTP; leave it out"));
            else if (!names.Add(name))
                problems.Add(Problem($"{place}.name", "header_repeated", $"{name} 重复", $"{name} is given twice; leave one out"));
            if (!HeaderRules.IsValue(value))
                problems.Add(Problem($"{place}.value", "header_value", "值须为可见 ASCII 字符，不能换行", "write the value in visible ASCII without line breaks"));
        }
    }

    private static void ValidateNumber(string path, int value, int max, List<EndpointProblem> problems)
    {
        if (value >= 1 && value <= max) return;
        problems.Add(Problem(path, $"{path}_range", $"须为 1 到 {max} 的整数", $"write a whole number from 1 to {max}"));
    }

    private static EndpointProblem Problem(string path, string code, string zh, string en) => new(path, code, new LocalizedText(zh, en));
}
