using System.ComponentModel;
using System.Diagnostics;

namespace Grid.Testing;

/// <summary>Programs of Node.js in a folder with a <c>package.json</c> and its lock file.</summary>
internal sealed class NodePrograms(string folder)
{
    private static readonly TimeSpan PatienceMax = TimeSpan.FromMinutes(2);

    /// <summary>Installs the packages.</summary>
    /// <returns>Why that is not possible here, as the reason to skip a test; null when it was.</returns>
    public async Task<string?> Install()
    {
        try
        {
            var (exit, output) = await Run("npm", "ci --no-audit --no-fund");
            return exit == 0 ? null : $"the packages cannot be installed from npm here: {output}";
        }
        catch (Win32Exception)
        {
            return "npm is missing";
        }
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>The exit code, and both outputs.</returns>
    public async Task<(int Exit, string Output)> Run(string program, string arguments)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.Start();
        using var patience = new CancellationTokenSource(PatienceMax);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException waited)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"waited {PatienceMax} for: {program} {arguments}", waited);
        }
    }
}
