using System.Diagnostics;
using Xunit;

namespace Grid.Tests.Deployment;

/// <summary>An installed program that checks our files.</summary>
internal sealed class InstalledProgram(string name, string package)
{
    private static readonly string[] Folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);

    public bool IsInstalled => Array.Exists(Folders, folder => File.Exists(Path.Combine(folder, name)));

    public void SkipUnlessInstalled()
    {
        if (!IsInstalled) Assert.Skip($"{name} is not installed; install {package}.");
    }

    /// <summary>Its output on both streams, and its exit code.</summary>
    public async Task<(int Code, string Said)> Run(params string[] words)
    {
        SkipUnlessInstalled();
        var start = new ProcessStartInfo(name, words) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var faults = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await said + faults);
    }
}
