namespace Grid.Tests.Deployment;

/// <summary>The alerts that Prometheus raises.</summary>
internal static class Alerts
{
    public const string File = "deploy/prometheus/alerts.yml";

    public static IReadOnlyList<Tree> All { get; } = [.. Tree.ReadOne(File)["groups"].Items.SelectMany(group => group["rules"].Items)];
}
