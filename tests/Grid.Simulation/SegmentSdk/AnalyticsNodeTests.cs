using System.ComponentModel;
using System.Diagnostics;
using System.Net.Http.Headers;
using Grid.Rulebooks.Explaining;
using Grid.Simulation.Auditing;
using Grid.Testing;
using Grid.Testing.Servers;
using Shouldly;
using Xunit;

namespace Grid.Simulation.SegmentSdk;

/// <summary>@segment/analytics-node from npm, unchanged, pointed at the server as an operator starts it.</summary>
public sealed class AnalyticsNodeTests
{
    private static readonly TimeSpan PatienceMax = TimeSpan.FromMinutes(2);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "SegmentSdk");

    [Fact]
    public async Task DeliversOrdersAndTraits()
    {
        await SkipUnless("npm", "ci --no-audit --no-fund", "the SDK cannot be installed from npm here");
        using var data = new DataFolder();
        await using var server = await ServerProcess.Listen("serve", "--data", data.Path, "--key", "sdk-key");
        server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sdk-key");
        var audit = new ServerAudit(server.Http);

        var (exit, output) = await Run("node", $"send.mjs {server.Http.BaseAddress!.ToString().TrimEnd('/')}");

        exit.ShouldBe(0, output);
        var customer = (await audit.View("sdk-1")).ShouldNotBeNull();
        customer.Orders.Select(order => (order.OrderId, order.Amount, order.Category, order.Quantity)).ShouldBe(
            [("sdk-order-1", 1999, "tea", 1), ("sdk-order-2", 3998, "tea", 2), ("sdk-order-3", 5997, "tea", 3)]);
        customer.Traits.Select(trait => (trait.Name, trait.Value.ToString())).ShouldBe(
            [("city", "上海"), ("age", "31"), ("vip", "True")], ignoreOrder: true);
        customer.Metrics.ShouldContain(new MetricView("source", "poster"));
        customer.Layers.Single(layer => layer.Scheme == "lifecycle").Layer.ShouldBe("loyal");
        (await audit.View("anonymous:visitor-1")).ShouldNotBeNull().Browses.Single().Category.ShouldBe("tea");
        (await audit.Recounts()).Customers.ShouldBe(2);
        (await server.Http.GetStringAsync("/v1/rejects")).ShouldContain("address");
    }

    private static async Task SkipUnless(string program, string arguments, string reason)
    {
        try
        {
            var (exit, output) = await Run(program, arguments);
            if (exit != 0) Assert.Skip($"{reason}: {output}");
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{program} is missing");
        }
    }

    private static async Task<(int Exit, string Output)> Run(string program, string arguments)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Folder,
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
