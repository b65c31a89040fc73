using System.Diagnostics;
using System.Globalization;

namespace Grid.Simulation.Worlds;

/// <summary>
/// <c>worlds [--seed N] [--count N] [--mutation NAME] [--log]</c>: runs worlds and prints for each that fails one line that repeats it.
/// </summary>
internal static class WorldsCommand
{
    private const int CountDefault = 2_000;
    private const int FailuresShownMax = 10;

    public static int Run(string[] args)
    {
        var first = Option(args, "--seed") is { } seed ? int.Parse(seed, CultureInfo.InvariantCulture) : 1;
        var count = Option(args, "--count") is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : CountDefault;
        var mutation = Option(args, "--mutation") is { } name ? Enum.Parse<Mutation>(name) : Mutation.None;
        var watch = Stopwatch.StartNew();
        if (args.Contains("--log")) return Log(first, mutation);
        var worlds = ManyWorlds.Run(first, count, mutation);
        foreach (var failure in worlds.Failures.Take(FailuresShownMax)) Console.WriteLine(failure.Line);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count} worlds from seed {first}: {worlds.Failures.Count} failed; {worlds.Steps} steps, {worlds.Changes} changes, "
            + $"trace {worlds.Trace:x16}, {watch.Elapsed.TotalSeconds:0.0} s, {Environment.CpuUsage.TotalTime.TotalSeconds:0.0} s of processors"));
        return worlds.Failures.Count == 0 ? 0 : 1;
    }

    private static int Log(int seed, Mutation mutation)
    {
        var result = WorldRun.Run(seed, mutation, Console.WriteLine);
        Console.WriteLine(result.Failure is null ? $"world {seed} holds, trace {result.Trace:x16}" : result.Line);
        return result.Failure is null ? 0 : 1;
    }

    private static string? Option(string[] args, string name) =>
        Array.IndexOf(args, name) is >= 0 and var index && index + 1 < args.Length ? args[index + 1] : null;
}
