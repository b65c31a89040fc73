using Grid.Tests.House;
using Shouldly;

namespace Grid.Tests.Deployment;

/// <summary>A copy of deploy/prometheus in which a test may change settings that fit only a deployment.</summary>
internal sealed class PrometheusFolder : IDisposable
{
    private const string Source = "deploy/prometheus";

    public PrometheusFolder()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, Source), "*", SearchOption.AllDirectories))
        {
            var copy = In(Path.GetRelativePath(Path.Combine(Repository.Root, Source), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        File.WriteAllText(In("key"), WatchedServer.Key);
        Change("prometheus.yml", "/run/secrets/grid_key", In("key"));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("grid-prometheus-").FullName;

    /// <summary>The files of rules and their tests, without a folder.</summary>
    public static IReadOnlyList<string> Tests { get; } =
        [.. Directory.GetFiles(Path.Combine(Repository.Root, Source, "tests")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public string In(string file) => Path.Combine(Folder, file);

    public void Change(string file, string from, string to)
    {
        var text = File.ReadAllText(In(file));
        text.ShouldContain(from);
        File.WriteAllText(In(file), text.Replace(from, to, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
