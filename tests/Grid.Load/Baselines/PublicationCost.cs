using System.Diagnostics;
using Grid.Grains.Partitions;
using Grid.Ledger;
using Grid.Model;
using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Schemes;
using Grid.Model.Time;
using Grid.Rulebooks.Compiling;
using Grid.Rulebooks.Reading;
using Grid.Rulebooks.Shipped;

namespace Grid.Load.Baselines;

/// <summary>
/// Measures a publication of the baseline up to the first wake-up: deriving the cut-offs of each measure from the values of all customers, and
/// finding the customers whom they decide differently. Uses the shipped schemes, and one scheme for each of the modes of other tools.
/// </summary>
internal sealed class PublicationCost
{
    private const int ChangedShare = 100;
    private static readonly Instant Now = Instant.From(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));

    private readonly PartitionColumns _columns = new();
    private readonly Rulebook _rulebook;
    private readonly Random _random = new(5);
    private readonly CustomerId[] _customers;

    // All rows name this rulebook; layers are not read here.
    private static readonly LayerAssignments Standing = new(1, []);
    private long _version;

    private PublicationCost(int customers)
    {
        _customers = [.. Enumerable.Range(0, customers).Select(number => new CustomerId($"user-{number:D8}"))];
        _random.Shuffle(_customers);
        var tools = new[] { "qcut", "ntile", "rfm-r" }.Select(mode => SchemeFile.Read(mode, Scheme(mode)).Scheme!);
        var definitions = SchemeFolder.Read(ShippedSchemes.Files()).Schemes.Concat(tools);
        _rulebook = new Rulebook(1, Instant.Beginning, [.. definitions.Select(one => SchemeCompiler.Compile(one, Currency.Cny).Scheme!)]);
        _columns.Use([.. _rulebook.Measures.Select(measure => measure.Id)], [RulebookLayout.From(_rulebook)]);
    }

    public static int Measure(int customers)
    {
        var cost = new PublicationCost(customers);
        Console.WriteLine($"{customers:N0} customers, {cost._rulebook.Schemes.Count} schemes, {cost._rulebook.Measures.Count} measures");
        cost.Change(cost._customers);
        var before = cost.Derive(tell: false);
        cost.Change(cost._customers.AsSpan(0, customers / ChangedShare));
        Console.WriteLine($"{customers / ChangedShare:N0} of them have changed since the last publication");
        var watch = Stopwatch.StartNew();
        var after = cost.Derive(tell: true);
        Console.WriteLine($"all cut-offs: {watch.ElapsedMilliseconds:N0} ms");
        cost.Find(before, after);
        return 0;
    }

    /// <summary>Half have bought once, few often; amounts are prices that many have paid.</summary>
    private void Change(ReadOnlySpan<CustomerId> customers)
    {
        foreach (var customer in customers)
        {
            var orders = 1 + (int)(-Math.Log2(1 - _random.NextDouble()));
            var last = Now.Milliseconds - _random.NextInt64(90 * MillisecondsPer.Day);
            var spend = orders * 1_000L * _random.Next(1, 80) + (_random.Next(4) == 0 ? _random.Next(1_000) : 0);
            var values = _rulebook.Measures.Select(measure => measure switch
            {
                RankedRecency => last,
                { IsScore: true } => _random.Next(1, 6),
                RankedMetric { Metric.Text: var text } when text.StartsWith("spend", StringComparison.Ordinal) => spend,
                _ => orders,
            });
            _columns.Put(new CommittedCustomer(customer, ++_version, Instant.Never, [.. values], Standing));
        }
    }

    private List<Cutoffs> Derive(bool tell)
    {
        var cuts = new List<Cutoffs>();
        for (var slot = 0; slot < _rulebook.Measures.Count; slot++)
        {
            var watch = Stopwatch.StartNew();
            var measure = _rulebook.Measures[slot];
            var read = _columns.Values(measure.Id, Ranking.NeedsCustomers(measure));
            long[] values = [.. read.Values];
            var copied = watch.Elapsed.TotalMilliseconds;
            cuts.Add(Ranking.Compute(measure, values, [.. read.Customers.Select(id => new CustomerId(id))], _rulebook.TopsOf(measure), Now));
            if (tell) Console.WriteLine($"{watch.Elapsed.TotalMilliseconds,8:N1} ms, of which {copied,6:N1} to copy them: {measure.Id}");
        }

        return cuts;
    }

    private void Find(List<Cutoffs> before, List<Cutoffs> after)
    {
        var conditions = new List<MeasureCondition>();
        for (var slot = 0; slot < after.Count; slot++)
        {
            var (then, now, reads) = (before[slot], after[slot], _rulebook.ReadsOf(_rulebook.Measures[slot]));
            if (now.CutsLike(then)) continue;
            var condition = new MeasureCondition(now.Measure, (value, customer) => !now.DecidesLike(then, value, customer, reads));
            conditions.Add(condition);
            var watch = Stopwatch.StartNew();
            var found = _columns.Where([condition]).Count;
            Console.WriteLine($"{watch.Elapsed.TotalMilliseconds,8:N1} ms to find {found,8:N0} whom these move: {now.Measure}");
        }

        var all = Stopwatch.StartNew();
        var movers = _columns.Where(conditions).Count;
        Console.WriteLine($"{all.Elapsed.TotalMilliseconds,8:N1} ms to find {movers,8:N0} to wake of {_columns.Customers:N0} in one pass");
    }

    private static string Scheme(string mode) =>
        $$"""
        id: {{mode}}
        name: { zh: 方案, en: Scheme }
        description: { zh: 测量, en: To be measured }
        rfm: { window: 90d, scores: {{mode}} }
        layers:
          - { id: low, name: { zh: 低, en: Low }, playbook: { zh: 低, en: low } }
          - { id: high, name: { zh: 高, en: High }, playbook: { zh: 高, en: high } }
        rules:
          - { layer: high, when: { any: [high.r = yes, high.f = yes, score.m = 5] } }
          - { layer: low }
        """;
}
