using System.Diagnostics;
using Grid.Testing;
using Grid.Testing.Servers;

namespace Grid.Simulation.Clusters.LaterBuild;

/// <summary>
/// A server of a simulated later build, beside this one and without changing it: a copy in which the assemblies extended by LaterBuild.targets
/// replace the originals.
/// </summary>
internal static class LaterServer
{
    private static readonly TimeSpan BuildMax = TimeSpan.FromMinutes(10);

    /// <summary>As quick as a build without changes when it was made before.</summary>
    /// <returns>Its assembly.</returns>
    public static async Task<string> Build()
    {
        var root = Root();
        var artifacts = Path.Combine(root, "artifacts", "later");
        var configuration = BuiltServer.Configuration;
        string[] arguments =
        [
            "build", Path.Combine(root, "src", "Grid.Grains"), "-c", configuration, "-v", "quiet", "-nodeReuse:false",
            "-p:RunAnalyzers=false", $"-p:ArtifactsPath={artifacts}",
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

        return Copy(Path.Combine(artifacts, "bin", "Grid.Grains", configuration), Path.Combine(artifacts, "server"));
    }

    /// <summary>This build's server with the model and the grains of the other.</summary>
    private static string Copy(string changed, string folder)
    {
        var built = Path.GetDirectoryName(BuiltServer.Assembly)!;
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        foreach (var file in Directory.EnumerateFiles(built, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(built, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        foreach (var assembly in new[] { "Grid.Model.dll", "Grid.Grains.dll" })
            File.Copy(Path.Combine(changed, assembly), Path.Combine(folder, assembly), overwrite: true);
        return Path.Combine(folder, "Grid.Server.dll");
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Grid.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Grid.sln.");
    }
}
