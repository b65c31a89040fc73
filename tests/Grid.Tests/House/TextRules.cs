using System.Text.RegularExpressions;

namespace Grid.Tests.House;

/// <summary>Words that no file may contain, whatever its language.</summary>
internal static partial class TextRules
{
    // Hosts of specifications that code and documents refer to, and reserved names that belong to no party.
    private static readonly string[] Hosts =
    [
        "localhost", "127.0.0.1", "0.0.0.0", "[::1]", "+", "*",

        // A service of deploy/compose.yaml, which other services of that file reach by its name.
        "prometheus",
        "www.w3.org", "json-schema.org", "www.rfc-editor.org", "datatracker.ietf.org", "www.iana.org", "yaml.org", "semver.org",
        "cloudevents.io", "www.standardwebhooks.com", "segment.com", "prometheus.io", "learn.microsoft.com", "schemas.microsoft.com",
        "www.sqlite.org", "www.postgresql.org",

        // The public interface of WeCom, to which its tags are sent.
        "qyapi.weixin.qq.com",
    ];

    private static readonly string[] HostEndings = [".example", ".example.com", ".example.org", ".test", ".invalid", ".localhost"];

    public static IEnumerable<Breach> Postponements(SourceFile file) =>
        Find(file, Postponement(), match => $"\"{match.Value}\" postpones; do it now or open an issue.");

    /// <summary>Words that make a sentence a riddle. Playbooks of the shipped schemes are prose for marketers.</summary>
    public static IEnumerable<Breach> Riddles(SourceFile file) => file.Extension == ".yaml"
        ? []
        : Find(file, Riddle(), match => $"\"{match.Value}\" hides what it is about; name the thing, and who acts.");

    public static IEnumerable<Breach> MachinePaths(SourceFile file) =>
        Find(file, MachinePath(), match => $"\"{match.Value}\" exists on one machine only; use a path of the repository or a setting.");

    public static IEnumerable<Breach> ForeignHosts(SourceFile file)
    {
        // A lock file lists home pages of packages, which are allowed; only the origins of packages are checked.
        var isLock = file.Name == "package-lock.json";
        return Find(file, Host(), match => $"\"{match.Groups["host"].Value}\" is no host of a public specification; leave it out.")
            .Where(breach => !isLock || file.Lines[breach.Line - 1].Contains("\"resolved\""));
    }

    private static IEnumerable<Breach> Find(SourceFile file, Regex pattern, Func<Match, string> message)
    {
        for (var i = 0; i < file.Lines.Length; i++)
        {
            foreach (Match match in pattern.Matches(file.Lines[i]))
            {
                if (!IsAllowedHost(match.Groups["host"].Value))
                {
                    yield return file.Breach(i + 1, message(match));
                }
            }
        }
    }

    // The host of an interpolated string is unknown until it runs. The other patterns have no such group and so no host.
    private static bool IsAllowedHost(string host) =>
        host.StartsWith('{') || host.StartsWith('$') || Hosts.Contains(host.TrimEnd('.')) || HostEndings.Any($".{host}".EndsWith);

    [GeneratedRegex(@"\b(T[O]DO|FIX[M]E|H[A]CK|X[X]X)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Postponement();

    [GeneratedRegex(@"\b([Ww]hoeve[r]|[Ww]homeve[r]|[Ww]hat is t[o] be)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Riddle();

    [GeneratedRegex(@"(?<![\w.\-/])/(work|root|home/\w+)/", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\bhttps?://(?<host>\[[^\]]*\]|[^\s/""'`<>()\\,;:]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Host();
}
