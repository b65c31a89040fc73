using Grid.Tests.House;

namespace Grid.Tests.Deployment;

/// <summary>The manifests of deploy/kubernetes.</summary>
internal static class Kubernetes
{
    public const string Folder = "deploy/kubernetes";

    public static IReadOnlyList<string> Files { get; } =
        [.. Directory.GetFiles(Path.Combine(Repository.Root, Folder), "*.yaml").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public static IReadOnlyList<Tree> All { get; } = [.. Files.Except(["kustomization.yaml"]).SelectMany(file => Tree.Read($"{Folder}/{file}"))];

    public static Tree Deployment => One("Deployment", "grid");

    public static Tree Pod => Deployment["spec/template/spec"];

    public static Tree Container => Pod["containers"].Items.Single();

    public static Tree One(string kind, string name) => All.Single(manifest => manifest["kind"].Text == kind && manifest["metadata/name"].Text == name);
}
