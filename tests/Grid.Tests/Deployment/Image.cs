using System.Globalization;
using Grid.Tests.House;

namespace Grid.Tests.Deployment;

/// <summary>The instructions of deploy/Dockerfile, continued lines joined.</summary>
internal static class Image
{
    public const string File = "deploy/Dockerfile";

    public static IReadOnlyList<(string Word, string Text)> Instructions { get; } =
    [
        .. string.Join('\n', System.IO.File.ReadAllLines(Path.Combine(Repository.Root, File)).Where(line => !line.StartsWith('#')))
            .Replace("\\\n", " ", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2)).Select(parts => (parts[0], parts[1].Trim())),
    ];

    /// <summary>The instructions after the last FROM.</summary>
    public static IReadOnlyList<(string Word, string Text)> Final =>
        [.. Instructions.Skip(Instructions.Select((line, index) => (line, index)).Last(pair => pair.line.Word == "FROM").index)];

    public static IReadOnlyList<string> Arguments => [.. Instructions.Where(line => line.Word == "ARG").Select(line => line.Text.Split('=')[0]).Distinct()];

    public static IReadOnlyList<int> Ports => [.. One("EXPOSE").Split(' ').Select(port => int.Parse(port, CultureInfo.InvariantCulture))];

    public static string Volume => One("VOLUME");

    public static IReadOnlyDictionary<string, string> Environment => Final.Where(line => line.Word == "ENV")
        .SelectMany(line => line.Text.Split(' ')).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

    /// <summary>User and group, as numbers.</summary>
    public static (int User, int Group) Account =>
        One("USER").Split(':') is [var user, var group]
            ? (int.Parse(user, CultureInfo.InvariantCulture), int.Parse(group, CultureInfo.InvariantCulture))
            : throw new FormatException("USER has no group.");

    public static string One(string word) => Final.Single(line => line.Word == word).Text;
}
