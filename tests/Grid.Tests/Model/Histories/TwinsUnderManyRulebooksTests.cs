using System.Text;
using Grid.Model;
using Grid.Model.Baselines;
using Grid.Model.Evaluation;
using Grid.Model.Schemes;
using Grid.Model.Time;
using Grid.Rulebooks.Compiling;
using Grid.Rulebooks.Reading;
using Grid.Rulebooks.Shipped;
using Shouldly;
using Xunit;

namespace Grid.Tests.Model.Histories;

/// <summary>
/// Customers whose rulebook and cut-offs change repeatedly. One twin lives under rules that remember the earlier ones, and decides only the
/// differences, in processes of which some have missed a publication. The other twin decides everything again each time. Both must agree.
/// </summary>
public sealed class TwinsUnderManyRulebooksTests(ITestOutputHelper output)
{
    private const int FirstSeed = 8_000_001;
    private const int LivesCount = 200;
    private const int CrowdCount = 40;
    private static readonly Instant Beginning = new(Limits.EarliestMilliseconds);

    private static readonly (string Name, Func<string, string, string> Change)[] Variants =
    [
        ("as shipped", (_, yaml) => yaml),
        ("another playbook", (_, yaml) => yaml.Replace("试用装降低门槛", "试用装")),
        ("another bound", (name, yaml) => name == "lifecycle.yaml" ? yaml.Replace("recency >= 90d", "recency >= 40d") : yaml),
        ("another tag", (_, yaml) => yaml.Replace("orders(180d) >= 2", "orders(180d) >= 1").Replace("topPercent(repurchases) <= 30%", "orders >= 2")),
        ("other points", (_, yaml) => yaml.Replace("comment-added: 5", "comment-added: 500")),
        ("another window", (name, yaml) => name == "rfm8.yaml" ? yaml.Replace("window: 90d", "window: 60d") : yaml),
        ("another name of a layer", (name, yaml) => name == "journey.yaml" ? yaml.Replace("repeat", "again") : yaml),
        ("another hold", (_, yaml) => yaml.Replace("grace: 5d", "grace: 9d")),
        ("a calendar", (name, yaml) => name == "frequency3.yaml" ? yaml + "\ncalendar: Asia/Shanghai\n" : yaml),
        ("one less", (name, yaml) => name == "rfm4.yaml" ? string.Empty : yaml),
        ("measures less", (name, yaml) => name is "more-2.yaml" or "rfm8-bands.yaml" ? string.Empty : yaml),
    ];

    private const string MoreFiles = """
        id: graceful
        name: { zh: 宽限, en: Graceful }
        description: { zh: 测试, en: For a test }
        grace: 5d
        minimumStay: 2d
        layers:
          - { id: low, name: { zh: 低, en: Low }, playbook: { zh: 一, en: One } }
          - { id: mid, name: { zh: 中, en: Mid }, playbook: { zh: 二, en: Two } }
          - { id: top, name: { zh: 高, en: Top }, playbook: { zh: 三, en: Three } }
        rules:
          - { layer: top, when: "orders(30d) >= 2" }
          - { layer: mid, when: { any: ["orders(60d) >= 1", "tags has refunding"] } }
          - { layer: low }
        ---
        audience: lapsing-in-focus
        name: { zh: 人群, en: Lapsing in focus }
        when: { all: ["layer(lifecycle) = lost", { any: ["tags has focus", "growth >= 400", "layer(graceful) != top"] }] }
        ---
        id: buyers
        name: { zh: 购买者, en: Buyers }
        description: { zh: 测试, en: For a test }
        layers:
          - { id: rest, name: { zh: 其他, en: Rest }, playbook: { zh: 观察, en: Watch } }
          - { id: many, name: { zh: 多次, en: Many }, playbook: { zh: 感谢, en: Thank } }
        rules:
          - { layer: many, when: "topPercent(spend, 45d) <= 35%" }
          - { layer: rest }
        """;

    private static readonly RulebookContent[] Contents = [.. Variants.Select(variant => Compiled(variant.Change))];

    [Fact]
    public void StandWhereDecidingEverythingAgainPutsThem()
    {
        output.WriteLine($"seeds {FirstSeed} to {FirstSeed + LivesCount - 1}");
        var crowd = Enumerable.Range(3_000_000, CrowdCount).Select(seed => new History(seed).InTime()).ToList();
        var cuts = Contents.Select(content => new[] { 100, 250 }.Select(day => Cuts(content, crowd, day)).ToArray()).ToArray();
        var (moves, transitions) = (0, 0);
        Parallel.For(0, LivesCount, number =>
        {
            var twins = new Twins(FirstSeed + number, cuts);
            twins.Live();
            Interlocked.Add(ref moves, twins.Moves);
            Interlocked.Add(ref transitions, twins.Transitions);
        });
        output.WriteLine($"{moves} times moved, {transitions} transitions");
        transitions.ShouldBeGreaterThan(LivesCount * 20);
    }

    private static RulebookContent Compiled(Func<string, string, string> change)
    {
        var files = ShippedSchemes.Files().Select(file => (file.Name, Yaml: Encoding.UTF8.GetString(file.Yaml)))
            .Concat(MoreFiles.Split("---\n").Select((yaml, index) => ($"more-{index}.yaml", yaml)));
        var changed = files.Select(file => (file.Item1, Encoding.UTF8.GetBytes(change(file.Item1, file.Item2)))).Where(file => file.Item2.Length > 0);
        var result = RulebookCompiler.Compile(SchemeFolder.Read(changed), Currency.Cny);
        return result.Content ?? throw new InvalidOperationException(string.Join('\n', result.Faults));
    }

    /// <summary>Cut-offs of a crowd as of a day of the year.</summary>
    private static IReadOnlyList<Cutoffs> Cuts(RulebookContent content, List<List<Delivery>> crowd, int day)
    {
        var rulebook = new Rulebook(1, Beginning, content);
        var asOf = new Instant(1_735_689_600_000).Plus(day * MillisecondsPer.Day);
        var measures = new List<long[]>();
        foreach (var deliveries in crowd)
        {
            var life = new Life(new Rules(rulebook, Baseline.None));
            foreach (var delivery in deliveries.Where(delivery => delivery.Now <= asOf)) life.Take(delivery.Now, delivery.Facts);
            if (life.State is null) continue;
            life.Take(asOf);
            measures.Add(life.Customer.Measures);
        }

        return Agreement.BaselineOf(measures, rulebook, 1, asOf).Cuts;
    }

    private sealed class Twins
    {
        private readonly int _seed;
        private readonly IReadOnlyList<Cutoffs>[][] _cuts;
        private readonly Random _random;
        private readonly Dictionary<int, RulebookLayout> _layouts = [];
        private readonly Life _quick;
        private readonly Life _thorough;
        private readonly Rules[] _processes = new Rules[2];
        private Rulebook _rulebook;
        private Baseline _baseline = Baseline.None;
        private Instant _now = Beginning;
        private int _variant;

        public Twins(int seed, IReadOnlyList<Cutoffs>[][] cuts)
        {
            (_seed, _cuts, _random) = (seed, cuts, new Random(seed));
            _rulebook = new Rulebook(1, Beginning, Contents[0]);
            _layouts.Add(1, RulebookLayout.From(_rulebook));
            _quick = new Life(new Rules(_rulebook, _baseline, new Dictionary<int, RulebookLayout>(_layouts)));
            _thorough = new Life(_quick.Rules);
            Array.Fill(_processes, _quick.Rules);
        }

        public int Moves { get; private set; }

        public int Transitions => _quick.Transitions.Count;

        public void Live()
        {
            var deliveries = new History(_seed).Scattered(_random, Instant.Never);
            foreach (var (now, facts) in deliveries)
            {
                Take(now, facts);
                for (var left = _random.Next(4); left > 0; left--)
                {
                    // Some turns come long after a publication that they meet.
                    _now = Instant.Max(_now, now).Plus(_random.NextInt64(MillisecondsPer.Day * (_random.Next(3) == 0 ? 30 : 1)));
                    Publish(_now);
                    if (_random.Next(3) > 0) Take(_now.Plus(_random.NextInt64(MillisecondsPer.Day)), []);
                }
            }

            Take(Instant.Max(_now, deliveries[^1].Now).Plus(100 * MillisecondsPer.Day), []);
        }


        private void Publish(Instant at)
        {
            if (_random.Next(3) > 0)
            {
                _variant = _random.Next(Contents.Length);
                _rulebook = new Rulebook(_rulebook.Number + 1, at, Contents[_variant]);
                _layouts.Add(_rulebook.Number, RulebookLayout.From(_rulebook));
                Moves++;
            }

            // Some measures keep their cut-offs, others change.
            var known = _baseline.Cuts.ToDictionary(cuts => cuts.Measure);
            var cuts = _cuts[_variant][_random.Next(2)].Select(cut => known.TryGetValue(cut.Measure, out var same) && _random.Next(4) > 0 ? same : cut);
            _baseline = new Baseline(_baseline.Number + 1, at, [.. cuts]);
            _thorough.Rules = new Rules(_rulebook, _baseline, new Dictionary<int, RulebookLayout>(_layouts)) { Epoch = _thorough.Rules.Epoch + 1 };
            for (var process = 0; process < _processes.Length; process++)
                if (_random.Next(3) > 0)
                    Adopt(process);
        }

        private void Adopt(int process)
        {
            if (_processes[process].Epoch < _thorough.Rules.Epoch) _processes[process] = _thorough.Rules.After(_processes[process]);
        }

        private void Take(Instant now, IReadOnlyList<Grid.Model.Facts.Fact> facts)
        {
            var process = _random.Next(_processes.Length);
            Adopt(process);
            _quick.Rules = _processes[process];
            _now = Instant.Max(_now, now);
            var told = _quick.Transitions.Count;
            _quick.Take(_now, facts);
            _thorough.Take(_now, facts);
            var circumstance = $"seed {_seed} at {_now}, {Variants[_variant].Name}";
            if (_quick.State is null) return;
            _quick.Transitions.Skip(told).ShouldBe(_thorough.Transitions.Skip(told), circumstance);
            Same(circumstance);
        }

        private void Same(string circumstance)
        {
            var (quick, thorough) = (_quick.Customer, _thorough.Customer);
            Life.Essence(_quick.State!).ShouldBe(Life.Essence(_thorough.State!), circumstance);
            for (var index = 0; index < quick.Layers.Length; index++)
            {
                var scheme = _rulebook.Schemes[index];

                // A customer that is not decided again keeps its previous layer, From, for longer.
                (quick.Layers[index] with { From = 0 }).ShouldBe(thorough.Layers[index] with { From = 0 }, $"{scheme.Id}, {circumstance}");
                if (scheme.DowngradePolicy.IsNone)
                    scheme.Layers[quick.Layers[index].Layer]
                        .ShouldBe(scheme.Layers[scheme.LayerOf(quick, _now, _baseline)], $"{scheme.Id} from scratch, {circumstance}");
            }
        }
    }
}
