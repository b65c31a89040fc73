using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Grid.Dashboard.Tests.Chromium))]
// The tests measure how soon the page shows a change; a second browser beside them would distort the measurement.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Grid.Dashboard.Tests;

/// <summary>The Chromium of this machine, started once for all tests. None is ever downloaded.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>A DNS name of an attacker that resolves to this machine, as in DNS rebinding.</summary>
    internal const string ReboundHost = "rebound.test";

    private static readonly string[] Arguments =
    [
        $"--host-resolver-rules=MAP {ReboundHost} 127.0.0.1",
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>A window with a profile of its own. Skips the test when this machine has no Chromium.</summary>
    internal async Task<IBrowserContext> Open(BrowserNewContextOptions options)
    {
        var program = Find();
        if (program is null) Assert.Skip($"no Chromium here: looked at CHROMIUM_PATH and for {string.Join(", ", Names)} on PATH");
        _playwright ??= await Playwright.CreateAsync();
        _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Headless = true, Args = Arguments });
        return await _browser.NewContextAsync(options);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    private static string? Find()
    {
        var named = Environment.GetEnvironmentVariable("CHROMIUM_PATH");
        if (!string.IsNullOrEmpty(named)) return File.Exists(named) ? named : null;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var programs = Names.SelectMany(name => folders.Append("/usr/bin").Select(folder => Path.Combine(folder, name)));
        return programs.FirstOrDefault(File.Exists);
    }
}
