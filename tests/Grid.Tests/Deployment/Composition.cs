using System.Globalization;
using System.Text.RegularExpressions;
using Grid.Tests.House;

namespace Grid.Tests.Deployment;

/// <summary>The services of a compose file, its variables filled in.</summary>
internal sealed partial class Composition
{
    private readonly Dictionary<string, ComposedService> _services;

    private Composition(string file, Tree root)
    {
        Root = root;
        _services = root["services"].Entries.ToDictionary(entry => entry.Key, entry => new ComposedService(Path.GetDirectoryName(file)!, entry.Value));
    }

    public Tree Root { get; }

    public IReadOnlyDictionary<string, ComposedService> Services => _services;

    public ComposedService this[string service] => _services[service];

    public static Composition Read(string file) => new(file, Tree.ReadOne(file));

    /// <summary>Names of variables in a file, and whether each has a default.</summary>
    public static IEnumerable<(string Name, bool HasDefault)> Variables(string file) =>
        Variable().Matches(File.ReadAllText(Path.Combine(Repository.Root, file))).Select(match => (match.Groups["name"].Value, match.Groups["given"].Success));

    /// <summary>A variable's default, or a word in its place.</summary>
    public static string Filled(string text) =>
        Variable().Replace(text, match => match.Groups["given"].Success ? match.Groups["given"].Value : "a-word");

    [GeneratedRegex(@"\$\{(?<name>\w+)(:-(?<given>[^}]*)|:\?[^}]*)?\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}

/// <summary>One service of a compose file.</summary>
internal sealed class ComposedService(string folder, Tree tree)
{
    public Tree Tree { get; } = tree;

    public IReadOnlyDictionary<string, string> Environment =>
        Tree["environment"].Map.ToDictionary(pair => pair.Key, pair => Composition.Filled(pair.Value), StringComparer.Ordinal);

    public IReadOnlyList<string> Command => Tree["command"].Texts;

    public IReadOnlyList<string> Secrets => Tree["secrets"].Texts;

    public IReadOnlyList<int> ContainerPorts() =>
        [.. Tree["ports"].Texts.Select(port => int.Parse(port.Split(':')[^1], CultureInfo.InvariantCulture))];

    /// <summary>Folders of the repository by where they are mounted; volumes by their name.</summary>
    public Dictionary<string, string> Mounts() => Tree["volumes"].Texts.Select(volume => volume.Split(':')).ToDictionary(
        parts => parts[1],
        parts => parts[0].StartsWith('.') ? Path.GetRelativePath(".", Path.Combine(folder, parts[0])) : parts[0]);
}
