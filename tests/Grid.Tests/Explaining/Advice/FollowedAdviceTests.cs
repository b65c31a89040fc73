using System.Text;
using Grid.Model.Baselines;
using Grid.Model.Evaluation;
using Grid.Model.Schemes;
using Grid.Model.Time;
using Grid.Rulebooks.Explaining;
using Grid.Rulebooks.Shipped;
using Grid.Tests.Model;
using Grid.Tests.Model.Histories;
using Grid.Tests.Schemes.Scenarios;
using Shouldly;
using Xunit;

namespace Grid.Tests.Explaining.Advice;

/// <summary>Random customers follow the explanations of all shipped schemes, and reach the promised layers.</summary>
public sealed class FollowedAdviceTests(ITestOutputHelper output)
{
    private const int Seed = 20_260_307;
    private const int Customers = 120;
    private const int WaysTriedMax = 32;

    private static readonly string[] Remarks =
        ["blocked", "waitFirst", "doneBefore", "leadsElsewhere", "comesByItself", "unreachable", "noRule", "held", "cancelled", "takesEffect"];

    private readonly Dictionary<string, SortedDictionary<string, int>> _tally = [];
    private readonly List<string> _broken = [];

    [Fact]
    public void LeadsWhereItWasSaidTo()
    {
        output.WriteLine($"seed {Seed}");
        foreach (var (customer, number) in Population().Select((customer, number) => (customer, number)))
            foreach (var scheme in Schemes)
            {
                var explanation = customer.Explain(scheme);
                var awaited = customer.Awaited(scheme);
                foreach (var other in explanation.Others)
                    Follow(customer, scheme, other, awaited, $"customer {number}, {scheme}, from {explanation.Layer} to {other.Layer}");
            }

        foreach (var (scheme, counts) in _tally) output.WriteLine($"{scheme}: {string.Join(", ", counts.Select(one => $"{one.Key} {one.Value}"))}");
        foreach (var line in _broken.Take(60)) output.WriteLine(line);
        _broken.ShouldBeEmpty();
        foreach (var scheme in Schemes) _tally[scheme].ShouldContainKey("followed", scheme);
    }

    private static IEnumerable<string> Schemes => SomeSchemes.Shipped.Select(scheme => scheme.Id);

    private void Follow(Adviser customer, string scheme, OtherLayer other, Dictionary<string, Instant> awaited, string circumstance)
    {
        var said = other.Missing.Select(missing => missing.Step).ToList();
        var kinds = said.ConvertAll(step => step.Kind);
        var text = string.Join(" | ", other.Missing.Select(missing => missing.Text.En));
        void Claim(string what, bool holds)
        {
            Count(scheme, what);
            if (!holds) _broken.Add($"{what}: {circumstance}: {text}");
        }

        if (said.Find(step => step.Kind == "comesByItself") is { } itself)
            Claim("comes by itself", awaited.GetValueOrDefault(other.Layer) == Adviser.At(itself.At));
        if (kinds.Contains("unreachable") || kinds.Contains("noRule"))
            Claim("unreachable", !awaited.ContainsKey(other.Layer) && !customer.Reaches(scheme, other.Layer));
        var mayCome = kinds.Contains("comesByItself") || kinds.Contains("choice") || !awaited.ContainsKey(other.Layer);
        foreach (var way in Ways(said.FindAll(step => !Remarks.Contains(step.Kind))))
        {
            if (way.Count == 0) continue;
            var goal = said.Find(step => step.Kind == "leadsElsewhere")?.Of ?? other.Layer;
            var layer = customer.Followed(scheme, way, kinds.Contains("waitFirst"), goal);
            if (layer is null) Claim("must be", way.Exists(step => step.Kind == "mustBe") && mayCome);
            else if (kinds.Contains("leadsElsewhere")) Claim("elsewhere", layer == goal);
            else if (kinds.Contains("notAlone")) Claim("not by one of these", layer != goal || way.Exists(step => step.Kind == "favourite"));
            else
            {
                Claim("followed", layer == goal);
                var before = way.Select(step => step.Before).Append(said.Find(step => step.Kind == "doneBefore")?.At)
                    .OfType<string>().Select(Adviser.At).DefaultIfEmpty().Min();
                if (way.TrueForAll(step => step.Kind != "wait") && before > customer.Now)
                    Claim("at the last moment", customer.Followed(scheme, way, false, goal, before.Milliseconds - customer.Now.Milliseconds - 1) == goal);
            }
        }
    }

    private static IEnumerable<List<StepView>> Ways(List<StepView> steps)
    {
        IEnumerable<List<StepView>> ways = [[]];
        foreach (var step in steps)
            ways = step.Ways is null
                ? ways.Select(way => (List<StepView>)[.. way, step])
                : ways.SelectMany(way => step.Ways.Select(one => (List<StepView>)[.. way, .. one]));
        return ways.Take(WaysTriedMax);
    }

    private void Count(string scheme, string what)
    {
        if (!_tally.TryGetValue(scheme, out var counts)) _tally[scheme] = counts = [];
        counts[what] = counts.GetValueOrDefault(what) + 1;
    }

    /// <summary>Each customer is explained at an instant of its own, under the cut-offs of all of them.</summary>
    private static List<Adviser> Population()
    {
        var random = new Random(Seed);
        var compiled = SomeRulebook.Compiled([.. ShippedSchemes.Files().Select(file => Encoding.UTF8.GetString(file.Yaml))]);
        var rules = new Rules(new Rulebook(1, Walk.Day(-1), compiled.Content.ShouldNotBeNull()), Baseline.None);
        var lives = new List<Life>();
        var now = Walk.Day(300);
        for (var number = 0; number < Customers; number++)
        {
            var life = new Life(rules);
            life.Take(now, [.. new RandomShopper(random, number).Facts.Where(fact => fact.At <= now)]);
            if (life.State is not null) lives.Add(life);
        }

        var baseline = Agreement.BaselineOf([.. lives.Select(life => life.Customer.Measures)], rules.Rulebook, 1, now);
        return lives.ConvertAll(life =>
        {
            var asked = now.Plus(random.Next(0, 120) * MillisecondsPer.Day + random.Next());
            life.Rules = rules with { Baseline = baseline };
            life.Take(asked);
            return new Adviser(life.Rules, life.State.ShouldNotBeNull(), asked);
        });
    }
}
