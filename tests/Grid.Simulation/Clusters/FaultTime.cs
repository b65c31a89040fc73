using System.Globalization;

namespace Grid.Simulation.Clusters;

internal static class FaultTime
{
    /// <summary>How long faults continue: a minute, or as long as the environment says.</summary>
    public static TimeSpan Duration { get; } = TimeSpan.FromSeconds(
        double.Parse(Environment.GetEnvironmentVariable("GRID_FAULT_SECONDS") ?? "60", CultureInfo.InvariantCulture));
}
