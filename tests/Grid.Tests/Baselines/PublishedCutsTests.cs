using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grid.Grains.Audits;
using Grid.Model.Baselines;
using Grid.Model.Time;
using Shouldly;
using Xunit;

namespace Grid.Tests.Baselines;

/// <summary>
/// The cut-offs that a running grid publishes equal those of a batch calculation at their instant: in every mode and under every policy, also after a
/// restart.
/// </summary>
public sealed class PublishedCutsTests
{
    private static readonly string[] Modes = ["rank", "qcut", "ntile", "rfm-r", "rfm-r-cents"];
    private static readonly (string Name, string Written)[] Policies =
        [("continuous", "continuous"), ("daily", "{ daily: \"03:00\", zone: Asia/Shanghai }"), ("frozen", "frozen")];

    private readonly Dictionary<string, BatchCuts[]> _expected = [];
    private readonly Random _random = new(2026);

    [Fact]
    public async Task EqualABatchCalculationOfTheSameInstant()
    {
        var schemes = from mode in Modes from policy in Policies select BaselineServer.ClassesBy($"{mode}-{policy.Name}", mode, policy.Written);
        await using var server = await BaselineServer.Open(schemes);
        var derived = new HashSet<(string Policy, long AsOf)>();
        for (var step = 0; step < 12; step++)
        {
            await server.Pass(TimeSpan.FromHours(step == 9 ? 200 : 7));
            for (var sale = 0; sale < 25 && step > 0; sale++) await server.Buy($"c{_random.Next(60):00}", _random.Next(8) * 50);
            if (step == 5) await server.Restart();
            var refrozen = step == 7 ? "ntile-frozen" : null;
            if (refrozen is not null) await Refreeze(server, refrozen);
            await server.Publish();
            foreach (var mode in Modes)
                foreach (var (policy, _) in Policies)
                    derived.Add((policy, Expect(server, mode, policy, refrozen).AsOf));
            await Compare(server, $"step {step}");
        }

        derived.Count(cuts => cuts.Policy == "continuous").ShouldBe(12);
        derived.Count(cuts => cuts.Policy == "daily").ShouldBeInRange(4, 8);
        derived.Count(cuts => cuts.Policy == "frozen").ShouldBe(3, "with nobody there, once, and again for one scheme");
    }

    [Fact]
    public async Task AreFrozenAnewOnlyForAFrozenScheme()
    {
        await using var server = await BaselineServer.Open(BaselineServer.ClassesBy("live", "rank", "continuous"));
        using var http = new HttpClient { BaseAddress = server.Address };
        async Task<HttpStatusCode> Asked(string query) =>
            (await http.PostAsync($"/v1/baselines/refreeze{query}", null, TestContext.Current.CancellationToken)).StatusCode;

        (await Asked("?scheme=live")).ShouldBe(HttpStatusCode.Conflict);
        (await Asked("?scheme=nothing")).ShouldBe(HttpStatusCode.BadRequest);
        (await Asked(string.Empty)).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task OfASchemeThatHasNoneAreNotSaidToBeDerived()
    {
        await using var grid = await GridApplication.Start();

        var answer = await grid.Http.PostAsync("/v1/baselines/refreeze?scheme=lifecycle", null, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("has no cut-offs");
    }

    private static async Task Refreeze(BaselineServer server, string scheme)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        var response = await http.PostAsync($"/v1/baselines/refreeze?scheme={scheme}", null, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var cuts = (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("cuts").EnumerateArray();
        var frozen = cuts.Single(cut => cut.GetProperty("id").GetString() == $"ntile orders(30d) of 30d frozen for {scheme} margin 0 cut margin 0");
        frozen.GetProperty("policy").GetString().ShouldBe("frozen");
        frozen.GetProperty("asOf").GetString().ShouldBe(server.Now.ToString());
        frozen.GetProperty("mode").GetString().ShouldBe("ntile");
        frozen.GetProperty("splits").GetArrayLength().ShouldBe(4);
    }

    /// <summary>The cut-offs that the policy gives now, from the earlier ones.</summary>
    private BatchCuts Expect(BaselineServer server, string mode, string policy, string? refrozen)
    {
        var id = $"{mode}-{policy}";
        var now = server.Now.Milliseconds;
        var known = _expected.GetValueOrDefault(id)?[0];
        var isDue = policy switch
        {
            _ when known is null || id == refrozen => true,
            "frozen" => known.Count == 0,

            // 3:00 in Shanghai is 19:00 of the previous day in UTC.
            "daily" => known.Count == 0 || DayFromSeven(now) > DayFromSeven(known.AsOf),
            _ => true,
        };
        if (isDue) _expected[id] = [.. "rfm".Select(dimension => new BatchCuts(mode, dimension, server.Sales, now))];
        return _expected[id][0];
    }

    private static long DayFromSeven(long at) => (at - 19 * MillisecondsPer.Hour) / MillisecondsPer.Day;

    private async Task Compare(BaselineServer server, string where)
    {
        var current = server.Rules.Value;
        var rows = (await server.Rows()).ToDictionary(row => (row.Customer, row.Scheme));
        foreach (var (id, batch) in _expected)
        {
            var rfm = current.Rulebook.Find(id)!.Rfm!;
            Measure[] measures = [rfm.Recency, rfm.Frequency, rfm.Monetary];
            for (var dimension = 0; dimension < 3; dimension++)
                CompareCuts(current.Baseline.Of(measures[dimension]), batch[dimension], $"{where}, {id}, {measures[dimension].Id}");

            var values = "rfm".Select(dimension => BatchCuts.Values(dimension, server.Sales, server.Now.Milliseconds)).ToList();
            foreach (var customer in server.Sales.Select(sale => sale.Customer).Distinct())
            {
                var row = rows[(customer, id)];
                if (!values[0].ContainsKey(customer))
                {
                    row.Layer.ShouldBe("rest", $"{where}, {id}, {customer}");
                    continue;
                }

                var scores = string.Concat(batch.Select((cuts, index) => cuts.Score(values[index][customer], customer)));
                $"{row.R}{row.F}{row.M}".ShouldBe(scores, $"{where}, {id}, {customer}");
                var bits = string.Concat(batch.Select((cuts, index) => cuts.IsHigh(values[index][customer], customer) ? 1 : 0));
                row.Layer.ShouldBe(bits, $"{where}, {id}, {customer}");
            }
        }

        var audit = await server.Of<Auditor>().Audit(TestContext.Current.CancellationToken);
        (audit.Difference, audit.WrongLayers, audit.Pending).ShouldBe((0, 0, 0), where);
    }

    private static void CompareCuts(Cutoffs published, BatchCuts batch, string where)
    {
        published.Population.ShouldBe(batch.Count, where);
        published.AsOf.Milliseconds.ShouldBe(batch.AsOf, where);
        published.ScoreSum.ShouldBe(batch.Sum, where);
        for (var index = 0; index < published.Bounds.Count; index++)
        {
            if (published.Bounds[index] == long.MaxValue) continue;
            var split = published.Splits.Count == 0 ? string.Empty : published.Splits[index];
            var first = split.Length == 0 ? "zz" : split;
            batch.Score(published.Bounds[index], first).ShouldBeGreaterThanOrEqualTo(index + 2, where);
            batch.Score(published.Bounds[index] - 1, "zz").ShouldBeLessThan(index + 2, where);
            if (split.Length > 0) batch.Score(published.Bounds[index], string.Empty).ShouldBeLessThan(index + 2, where);
        }
    }
}
