using System.Globalization;

namespace Grid.Simulation.Clusters;

internal static class FaultTime
{
    /// <summary>how long faults go on: 20 s, or as long as asked for.</summary>
    public static TimeSpan Duration { get; } = TimeSpan.FromSeconds(
        double.Parse(Environment.GetEnvironmentVariable("GRID_FAULT_SECONDS") ?? "20", CultureInfo.InvariantCulture));
}
