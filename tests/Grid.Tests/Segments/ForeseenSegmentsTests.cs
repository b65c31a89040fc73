using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grid.Api.Customers;
using Grid.Grains.Audits;
using Grid.Grains.Clocks;
using Grid.Grains.Rules;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Model.Transitions;
using Grid.Rulebooks.Explaining;
using Grid.Tests.Api;
using Grid.Tests.Schemes.Scenarios;
using NodaTime;
using Shouldly;
using Xunit;
using Instant = Grid.Model.Time.Instant;

namespace Grid.Tests.Segments;

/// <summary>A whole grid's forecast of its segments and customers, compared with its later log.</summary>
public sealed class ForeseenSegmentsTests(ITestOutputHelper output)
{
    private const int Seed = 20_270_204;
    private const int Customers = 10_000;
    private const int Days = 60;

    // Clocks change on 14 March in New York and on 28 March in Berlin, both within the 60 days. Some facts are of the next hours.
    private static readonly Instant Asked = Walk.Day(399.3);
    private static readonly Instant Until = Asked.Plus(Days * MillisecondsPer.Day);

    [Fact]
    public async Task MoveAsForetoldIfNoEventComes()
    {
        output.WriteLine($"seed {Seed}");
        var clock = new SimulatedClock(Asked.ToDateTimeOffset());
        await using var grid = await GridApplication.Start(time: clock, schemes: ForeseenSchemes.All);
        await Fill(grid);
        await grid.PublishBaseline();
        var begun = grid.Ledger.Head;
        var schemes = grid.Of<CurrentRules>().Value.Rulebook.Schemes.Select(scheme => (scheme.Id, scheme.Definition.Calendar)).ToList();
        var foretold = new List<(string Spans, JsonElement Answer)>();
        foreach (var (scheme, calendar) in schemes)
        {
            foretold.Add(("hour", await Ask(grid, $"/v1/segments/{scheme}/forecast?days={Days}&per=hour")));
            foretold.Add((calendar ?? "UTC", await Ask(grid, $"/v1/segments/{scheme}/forecast?days={Days}&per=day")));
        }

        var ofCustomers = await OfCustomers(grid);

        await RunUntil(grid, clock);

        var log = (await grid.Log()).Where(item => item.Sequence > begun[item.Lane]).Select(item => item.Transition).ToList();
        var happened = log.Where(transition => transition.EffectiveAt < Until).ToList();
        log.ShouldAllBe(transition => transition.Cause.Kind == CauseKind.Time && transition.EffectiveAt <= Until);
        foreach (var (spans, answer) in foretold) ShouldTell(answer, spans, happened);
        ShouldTell(ofCustomers, happened);
        await ShouldStandWhereForetold(grid, foretold.Where(asked => asked.Spans != "hour").Select(asked => asked.Answer), log);
        var audit = await grid.Of<Auditor>().Audit(CancellationToken.None);
        (audit.Customers, audit.Difference, audit.WrongLayers, audit.Pending).ShouldBe((Customers, 0, 0, 0));
        output.WriteLine($"{happened.Count} transitions of {Customers} customers in {schemes.Count} schemes");
        happened.Select(transition => transition.Scheme).Distinct().Count().ShouldBeGreaterThan(20, "else this proves little");
        foreach (var scheme in new[] { "held", "kept", "held-by-rank", "berlin", "new-york", "lapsing-fans", "in-focus", "boot-people" })
            happened.Count(transition => transition.Scheme == scheme).ShouldBeGreaterThan(100, scheme);
    }

    [Theory]
    [InlineData("lifecycle", false)]
    [InlineData("journey", true)]
    [InlineData("lapsing-fans", false)]
    [InlineData("in-focus", true)]
    public async Task SayWhichCutOffsTheyAreHeldAgainst(string scheme, bool isHeld)
    {
        await using var grid = await GridApplication.Start(schemes: ForeseenSchemes.All);
        await grid.Order("c1");
        await grid.PublishBaseline();

        var answer = await Ask(grid, $"/v1/segments/{scheme}/forecast");

        answer.GetProperty("heldAgainst").GetString().ShouldBe(isHeld ? "baseline 1" : null);
        answer.GetProperty("cutShort").GetInt64().ShouldBe(0);
        answer.Text("per").ShouldBe("day");
        answer.GetProperty("population").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task AreCountedInTheDaysOfTheirCalendar()
    {
        var clock = new SimulatedClock(SomeBuyers.Noon);
        await using var grid = await GridApplication.Start(time: clock, schemes: [Written.Calendar("Asia/Shanghai")]);
        await grid.Order("c1");

        var byDay = await Ask(grid, "/v1/segments/local/forecast?days=2&per=day");
        var byHour = await Ask(grid, "/v1/segments/local/forecast?days=2&per=hour");

        // From noon in Shanghai to noon two days later: three days, of which two are shortened.
        byDay.GetProperty("starts").EnumerateArray().Select(start => start.GetString())
            .ShouldBe(["2026-05-31T16:00:00.000Z", "2026-06-01T16:00:00.000Z", "2026-06-02T16:00:00.000Z"]);
        byDay.Text("zone").ShouldBe("Asia/Shanghai");
        var left = byDay.GetProperty("layers")[1];
        left.GetProperty("count").GetInt64().ShouldBe(1);
        Numbers(left, "departures").ShouldBe([0, 1, 0]);
        Numbers(left, "counts").ShouldBe([1, 0, 0]);
        Numbers(byDay.GetProperty("layers")[0], "arrivals").ShouldBe([0, 1, 0]);
        byHour.GetProperty("starts").GetArrayLength().ShouldBe(48);
        Numbers(byHour.GetProperty("series")[0], "counts").ShouldBe([.. Enumerable.Range(0, 48).Select(hour => hour == 12 ? 1L : 0)]);
    }

    [Theory]
    [InlineData("lifecycle/forecast?days=0", "days")]
    [InlineData("lifecycle/forecast?days=many", "days")]
    [InlineData("lifecycle/forecast?days=401", "days")]
    [InlineData("lifecycle/forecast?days=63&per=hour", "days")]
    [InlineData("lifecycle/forecast?per=minute", "per")]
    public async Task AreNotForeseenByAWrongParameter(string question, string place)
    {
        await using var grid = await GridApplication.Start();
        var response = await grid.Http.GetAsync($"/v1/segments/{question}");
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await response.Content.ReadFromJsonAsync<JsonElement>()).Text("place").ShouldBe(place);
    }

    [Fact]
    public async Task AreNotForeseenOfNoScheme()
    {
        await using var grid = await GridApplication.Start();
        (await grid.Http.GetAsync("/v1/segments/nothing/forecast")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task Fill(GridApplication grid)
    {
        var random = new Random(Seed);
        var shoppers = Enumerable.Range(0, Customers).Select(number => (Name: $"c{number}", new RandomShopper(random, number).Facts));
        await Parallel.ForEachAsync(shoppers, async (shopper, _) => await grid.Record(shopper.Name, [.. shopper.Facts.Where(Comes)]));
    }

    /// <summary>Events up to a day early; later ones would be new events, which the forecast excludes.</summary>
    private static bool Comes(Fact fact) => fact.At <= Asked.Plus(MillisecondsPer.Day);

    private static async Task<Dictionary<string, Forecast>> OfCustomers(GridApplication grid)
    {
        var forecasts = new Dictionary<string, Forecast>();
        for (var number = 0; number < Customers; number++)
        {
            var customer = await grid.Of<CustomerReader>().Read(new CustomerId($"c{number}"));
            forecasts.Add($"c{number}", customer.ShouldNotBeNull().Forecast());
        }

        return forecasts;
    }

    /// <summary>Steps of any length: a deadline is worked off late, as of its own instant.</summary>
    private static async Task RunUntil(GridApplication grid, SimulatedClock clock)
    {
        var random = new Random(Seed);
        while (grid.Now < Until)
        {
            var next = Instant.Min(Until, grid.Now.Plus(random.NextInt64(1, 48 * MillisecondsPer.Hour)));
            clock.AdvanceTo(next.ToDateTimeOffset());
            await grid.WakeDue();
        }
    }

    private static void ShouldTell(JsonElement answer, string spans, List<Transition> happened)
    {
        var scheme = answer.Text("scheme");
        var starts = answer.GetProperty("starts").EnumerateArray().Select(start => start.GetString()!).ToList();
        var told = new Dictionary<(string? From, string? To, string Start), long>();
        foreach (var series in answer.GetProperty("series").EnumerateArray())
        {
            var counts = Numbers(series, "counts");
            counts.Count.ShouldBe(starts.Count);
            for (var span = 0; span < starts.Count; span++)
                if (counts[span] != 0)
                    told.Add((series.Text("from"), series.Text("to"), starts[span]), counts[span]);
        }

        var expected = happened.Where(transition => transition.Scheme == scheme)
            .GroupBy(transition => (transition.From, transition.To, Start: StartOf(transition.EffectiveAt, spans)))
            .ToDictionary(group => group.Key, group => group.LongCount());
        foreach (var (key, count) in expected) told.GetValueOrDefault(key).ShouldBe(count, $"{scheme} per {spans}: {key}");
        told.Count.ShouldBe(expected.Count, $"{scheme} per {spans}");
    }

    private static string StartOf(Instant at, string spans)
    {
        if (spans == "hour") return at.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH':00:00.000Z'");
        var zone = DateTimeZoneProviders.Tzdb[spans];
        var day = NodaTime.Instant.FromUnixTimeMilliseconds(at.Milliseconds).InZone(zone).Date;
        return zone.AtStartOfDay(day).ToDateTimeUtc().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
    }

    private static void ShouldTell(Dictionary<string, Forecast> forecasts, List<Transition> happened)
    {
        var byCustomer = happened.ToLookup(transition => transition.Customer.Value);
        var until = Until.ToString();
        foreach (var (customer, forecast) in forecasts)
        {
            var told = forecast.Transitions.Where(coming => string.CompareOrdinal(coming.At, until) < 0).ToList();
            var came = byCustomer[customer]
                .Select(transition => new ForecastTransition(transition.EffectiveAt.ToString(), transition.Scheme, transition.From, transition.To));
            forecast.Complete.ShouldBeTrue(customer);
            told.SequenceEqual(came).ShouldBeTrue($"{customer}: {string.Join('\n', told)}\ncame\n{string.Join('\n', came)}");
        }
    }

    /// <summary>Checks that the members at the end of the last span equal the live counts, except for deadlines at that very instant.</summary>
    private static async Task ShouldStandWhereForetold(GridApplication grid, IEnumerable<JsonElement> answers, List<Transition> log)
    {
        await grid.Counted();
        foreach (var answer in answers)
        {
            var live = await Ask(grid, $"/v1/segments/{answer.Text("scheme")}");
            var counts = live.GetProperty("counts").EnumerateArray().ToDictionary(layer => layer.Text("layer"), layer => layer.GetProperty("count").GetInt64());
            foreach (var last in log.Where(transition => transition.EffectiveAt == Until && transition.Scheme == answer.Text("scheme")))
            {
                counts[last.To!]--;
                counts[last.From!]++;
            }

            foreach (var layer in answer.GetProperty("layers").EnumerateArray())
                Numbers(layer, "counts")[^1].ShouldBe(counts[layer.Text("layer")], $"{answer.Text("scheme")} {layer.Text("layer")}");
        }
    }

    private static Task<JsonElement> Ask(GridApplication grid, string question) => grid.Http.GetFromJsonAsync<JsonElement>(question);

    private static List<long> Numbers(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(number => number.GetInt64())];
}
