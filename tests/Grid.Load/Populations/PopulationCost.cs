using System.Diagnostics;
using Grid.Grains;
using Grid.Grains.Populations;
using Grid.Grains.Rules;
using Grid.Ledger;
using Grid.Ledger.Sqlite;
using Grid.Load.Turns;
using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Time;

namespace Grid.Load.Populations;

/// <summary>
/// Measures one scan of every customer on SQLite: the rows alone, decoded, summed as for the value of a segment, evaluated afresh as for an audit,
/// and evaluated when all are one baseline behind. Each customer has ten orders. Then measures reading the log.
/// </summary>
internal sealed class PopulationCost(SqliteLedger ledger, Rules rules)
{
    private const int Committers = 512;

    // A log of a fraction of the customers is enough to measure reading it.
    private const int LoggedOneIn = 10;

    public static async Task<int> Measure(int customers)
    {
        var folder = Directory.CreateTempSubdirectory("grid-load-population-").FullName;
        try
        {
            await using var ledger = new SqliteLedger(new SqliteLedgerOptions(Path.Combine(folder, "grid.db")));
            await ledger.Open(CancellationToken.None);
            var cost = new PopulationCost(ledger, TurnCost.RulesInForce());
            await cost.Fill(customers);
            await cost.Rows();
            var behind = cost.RulesOf(cost.BaselineBehind());
            var current = cost.RulesOf(null);
            await cost.Pass("rows opened", current, _ => new Opened());
            await cost.Pass("worth of a segment", current, start => new Worth(start));
            await cost.Pass("worth, a baseline behind", behind, start => new Worth(start));
            await cost.Pass("audit", current, start => new Decided(start));
            await cost.Log();
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task Fill(int customers)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Committers).Select(lane => Task.Run(async () =>
        {
            var random = new Random(lane);
            for (var customer = lane; customer < customers; customer += Committers)
            {
                var change = TurnCost.Filled(customer, random, rules);
                if (customer % LoggedOneIn != 0) change = change with { Transitions = [] };
                if (await ledger.Commit(change) is not Committed) throw new InvalidOperationException("A customer was there already.");
            }
        })));
        Console.WriteLine($"{customers:N0} customers filled in {watch.Elapsed.TotalSeconds:N0} s, {rules.Rulebook.Schemes.Count} schemes");
    }

    private async Task Rows()
    {
        var (watch, rows) = (Stopwatch.StartNew(), 0);
        using var scan = await ledger.Scan(CancellationToken.None);
        await foreach (var _ in scan.Rows) rows++;
        Report("rows alone", rows, watch, default);
    }

    private async Task Pass<T>(string name, CurrentRules inForce, Func<ScanContext, T> newVisitor)
        where T : IPopulationVisitor
    {
        using var population = new PopulationScan(ledger, inForce, new GridClock(new StandingClock()));
        var before = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        var pass = await population.Run(newVisitor, null, CancellationToken.None);
        Report(name, pass.Customers, watch, Environment.CpuUsage.TotalTime - before);
    }

    private async Task Log()
    {
        var (watch, count) = (Stopwatch.StartNew(), 0L);
        for (var position = LogPosition.Start; ;)
        {
            var page = await ledger.Tail(position, 4_096, CancellationToken.None);
            if (page.Items.Count == 0) break;
            count += page.Items.Count;
            position = page.Next;
        }

        Report("transitions of the log", count, watch, default);
    }

    private static void Report(string name, long count, Stopwatch watch, TimeSpan processor)
    {
        var spent = processor == default ? string.Empty : $", {processor.TotalMicroseconds / count:N2} µs of processor each";
        Console.WriteLine($"{name,-26} {count,10:N0} in {watch.Elapsed.TotalSeconds,6:N2} s{spent}");
    }

    private Baseline BaselineBehind() => new(rules.Baseline.Number + 1, TurnCost.Start, rules.Baseline.Cuts);

    private CurrentRules RulesOf(Baseline? baseline)
    {
        var inForce = new CurrentRules();
        inForce.Publish(rules with { Baseline = baseline ?? rules.Baseline });
        return inForce;
    }

    private sealed class Opened : IPopulationVisitor
    {
        public void Visit(CustomerRow row, Customer customer)
        {
        }
    }

    private sealed class Worth(ScanContext start) : IPopulationVisitor
    {
        private readonly Window _window = Window.Rolling(90 * MillisecondsPer.Day, "90d");
        private readonly List<long> _spends = [];

        public void Visit(CustomerRow row, Customer customer)
        {
            start.BringUp(row, customer);
            var spend = customer.Orders.Gross(_window, start.AsOf) - customer.Orders.Refunded(_window, start.AsOf);
            if (customer.Orders.Count(_window, start.AsOf) > 0) _spends.Add(spend);
            if (customer.Orders.MedianInterval(start.AsOf) is { } interval) _spends.Add(interval);
        }
    }

    private sealed class Decided(ScanContext start) : IPopulationVisitor
    {
        private long _wrong;

        public void Visit(CustomerRow row, Customer customer)
        {
            start.BringUp(row, customer);
            var schemes = start.Rules.Rulebook.Schemes;
            for (var index = 0; index < schemes.Count; index++)
                if (!schemes[index].Agrees(customer.Layers[index], customer, start.AsOf, start.Rules.Baseline))
                    _wrong++;
        }
    }
}
