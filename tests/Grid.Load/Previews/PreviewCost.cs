using System.Diagnostics;
using System.Text;
using Grid.Grains;
using Grid.Grains.Populations;
using Grid.Grains.Previews;
using Grid.Grains.Rules;
using Grid.Ledger;
using Grid.Load.Populations;
using Grid.Load.Turns;
using Grid.Model;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Rulebooks.Shipped;
using Grid.Server.Configuration;
using Grid.Testing.Servers;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Load.Previews;

/// <summary>
/// Measures previews on a SQLite ledger with the shipped schemes in force: a rulebook with another bound of a lapse, and one with new measures, which
/// need a scan of all customers first. Each customer has ten orders.
/// </summary>
internal sealed class PreviewCost
{
    private const int Committers = 512;
    private static readonly IReadOnlySet<string> Nothing = new HashSet<string>();

    public static async Task<int> Measure(int customers)
    {
        var folder = Directory.CreateTempSubdirectory("grid-load-preview-").FullName;
        try
        {
            await using var host = await RunningServer.Start(
                new GridOptions { Data = folder, BaselineInterval = TimeSpan.Zero }, new StandingClock(), GridPace.ByDriver);
            var ledger = host.Services.GetRequiredService<ILedger>();
            var files = ShippedSchemes.Files().Select(file => new SchemeSource(file.Name, Encoding.UTF8.GetString(file.Yaml))).ToList();
            await Fill(ledger, host.Services.GetRequiredService<CurrentRules>().Value, customers);
            await host.Services.GetRequiredService<IGrainFactory>().Rules().PublishBaseline(TurnCost.Start.Plus(1));
            await Pass(host.Services);
            await Preview("the files in force", files, host.Services);
            await Preview("lifecycle, another bound", Changed(files, "lifecycle", "recency >= 90d", "recency >= 60d"), host.Services);
            await Preview("rfm8, another window", Changed(files, "rfm8", "window: 90d", "window: 60d"), host.Services);
            await Preview("rfm8, another score mode", Changed(files, "rfm8", "scores: rank", "scores: ntile"), host.Services);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Fill(ILedger ledger, Rules rules, int customers)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Committers).Select(lane => Task.Run(async () =>
        {
            var random = new Random(lane);
            for (var customer = lane; customer < customers; customer += Committers)
                await ledger.Commit(TurnCost.Filled(customer, random, rules) with { Transitions = [] });
        })));
        Console.WriteLine($"{customers:N0} customers filled in {watch.Elapsed.TotalSeconds:N0} s, {rules.Rulebook.Schemes.Count} schemes");
    }

    private static async Task Pass(IServiceProvider services)
    {
        await Timed("rows opened, nothing asked", async () =>
            await services.GetRequiredService<PopulationScan>().Run(_ => new Opened(), null, CancellationToken.None));
        await Timed("rows brought up to now", async () =>
            await services.GetRequiredService<PopulationScan>().Run(start => new BroughtUp(start), null, CancellationToken.None));
    }

    private static async Task Preview(string name, IReadOnlyList<SchemeSource> files, IServiceProvider services)
    {
        var content = RulebookFiles.Compile(files, Currency.Cny).Content!;
        using var trial = services.GetRequiredService<PreviewRuns>().TryBegin(files, content)!;
        await Timed(name, () => trial.Preview(Nothing, null, CancellationToken.None));
    }

    private static async Task Timed(string name, Func<Task> work)
    {
        var before = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        await work();
        var spent = Environment.CpuUsage.TotalTime - before;
        Console.WriteLine($"{name,-28} {watch.Elapsed.TotalSeconds,6:N2} s, {spent.TotalSeconds,6:N2} s of processor");
    }

    private static List<SchemeSource> Changed(List<SchemeSource> files, string id, string old, string text) =>
        files.ConvertAll(file => Path.GetFileNameWithoutExtension(file.File) == id
            ? file with { Yaml = file.Yaml.Replace(old, text, StringComparison.Ordinal) }
            : file);

    private sealed class Opened : IPopulationVisitor
    {
        public void Visit(CustomerRow row, Customer customer)
        {
        }
    }

    private sealed class BroughtUp(ScanContext start) : IPopulationVisitor
    {
        public void Visit(CustomerRow row, Customer customer) => start.BringUp(row, customer);
    }
}
