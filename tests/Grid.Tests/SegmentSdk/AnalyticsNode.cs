using System.ComponentModel;
using System.Diagnostics;
using Grid.Model.Facts;
using Grid.Tests.Ingest;
using Shouldly;
using Xunit;

namespace Grid.Tests.SegmentSdk;

/// <summary>@segment/analytics-node from npm, unchanged, pointed at a server that really listens.</summary>
public sealed class AnalyticsNode
{
    private static readonly TimeSpan PatienceMax = TimeSpan.FromMinutes(2);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "SegmentSdk");

    [Fact]
    public async Task DeliversOrdersAndTraits()
    {
        await SkipUnless("npm", "ci --no-audit --no-fund", "the SDK cannot be installed from npm here");
        await using var application = await IngestApplication.Listen(options => options.WriteKeys = ["sdk-key"]);

        var (exit, output) = await Run("node", $"send.mjs {application.Address}");

        exit.ShouldBe(0, output);
        (await application.Rejects()).Select(reject => reject.Reason).ShouldBe(
            ["address: left out: it is an object, expected a text, a number or a truth value"]);
        var facts = application.Grains.FactsOf("sdk-1").ToList();
        facts.OfType<OrderPaid>().OrderBy(order => order.OrderId, StringComparer.Ordinal)
            .Select(order => (order.OrderId, order.Amount, order.Category, order.Quantity)).ShouldBe(
            [("sdk-order-1", 1999, "tea", 1), ("sdk-order-2", 3998, "tea", 2), ("sdk-order-3", 5997, "tea", 3)]);
        facts.OfType<TraitsSet>().Single().Traits.ShouldBe(
        [
            new Trait("city", TraitValue.OfText("上海")),
            new Trait("age", TraitValue.OfNumber(31)),
            new Trait("vip", TraitValue.OfTruth(true)),
        ]);
        facts.OfType<CommunityJoined>().Single().ShouldSatisfyAllConditions(
            joined => joined.Community.ShouldBe("tea-lovers"),
            joined => joined.Source.ShouldBe("poster"));
        application.Grains.FactsOf("anonymous:visitor-1").Single().ShouldBeOfType<Browsed>().Category.ShouldBe("tea");
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
