using System.Diagnostics;
using Grid.Simulation.Processes;

namespace Grid.Simulation.Clusters.LaterBuild;

/// <summary>A server of a build to come, made of the sources of this one with what LaterBuild.targets adds, beside it and without touching it.</summary>
internal static class LaterServer
{
    private static readonly TimeSpan BuildMax = TimeSpan.FromMinutes(10);

    /// <summary>As quick as a build without changes when it was made before.</summary>
    /// <returns>Its assembly.</returns>
    public static async Task<string> Build()
    {
        var root = Root();
        var artifacts = Path.Combine(root, "artifacts", "later");
        var configuration = Path.GetFileName(Path.GetDirectoryName(ServerProcess.Assembly)!);
        string[] arguments =
        [
            "build", Path.Combine(root, "src", "Grid.Server"), "-c", configuration, "-v", "quiet", "-nodeReuse:false",
            "-p:SkipDashboard=true", "-p:RunAnalyzers=false", $"-p:ArtifactsPath={artifacts}",
            $"-p:CustomAfterMicrosoftCommonTargets={Path.Combine(root, "tests", "Grid.Simulation", "Clusters", "LaterBuild", "LaterBuild.targets")}",
        ];
        using var build = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        try
        {
            var said = build.StandardOutput.ReadToEndAsync();
            await build.WaitForExitAsync().WaitFor("the later build", BuildMax);
            if (build.ExitCode != 0) throw new InvalidOperationException($"The later build failed: {await said}");
        }
        finally
        {
            if (!build.HasExited) build.Kill(entireProcessTree: true);
        }

        return Path.Combine(artifacts, "bin", "Grid.Server", configuration, "Grid.Server.dll");
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Grid.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Grid.sln.");
    }
}
