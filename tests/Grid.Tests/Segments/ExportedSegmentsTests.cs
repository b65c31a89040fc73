using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Grid.Api;
using Grid.Grains.Clocks;
using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Tests.Api;
using Shouldly;
using Xunit;

namespace Grid.Tests.Segments;

public sealed class ExportedSegmentsTests
{
    /// <summary>Columns, and their JSON values for the two customers that <see cref="Furnish"/> creates.</summary>
    private static readonly (string Name, string B, string C)[] Wanted =
    [
        ("customer", "\"b\"", "\"c\""),
        ("layer", "\"repeat\"", "\"first\""),
        ("since", "\"2026-06-01T04:00:00.000Z\"", "\"2026-06-01T04:00:00.000Z\""),
        ("orders(90d)", "2", "1"),
        ("spend(365d)", "120.50", "7.00"),
        ("recencyDays", "10", "0"),
        ("medianOrderInterval", "864000000", "null"),
        ("trait.city", "\"上海, 浦东\"", "null"),
        ("trait.age", "31", "null"),
        ("trait.vip", "true", "null"),
        ("tags", "[\"big\",\"vip\",\"refunding\"]", "[\"daily-active\"]"),
        ("joinedAt", "\"2026-05-12T04:00:00.000Z\"", "\"2026-06-01T04:00:00.000Z\""),
        ("firstOrderAt", "\"2026-05-12T04:00:00.000Z\"", "\"2026-06-01T04:00:00.000Z\""),
        ("lastOrderAt", "\"2026-05-22T04:00:00.000Z\"", "\"2026-06-01T04:00:00.000Z\""),
        ("layer.lifecycle", "\"loyal\"", "\"new\""),
        ("membership", "\"none\"", "\"none\""),
        ("source", "null", "null"),
        ("interactions(survey, 30d)", "0", "1"),
    ];

    /// <summary>A text, and the field of csv for Excel.</summary>
    public static TheoryData<string, string> Texts => new()
    {
        { "=1+1", "'=1+1" },
        { "=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0" },
        { "+8613800000000", "'+8613800000000" },
        { "-0.02", "'-0.02" },
        { "@SUM(A1)", "'@SUM(A1)" },
        { "\t=1", "'\t=1" },
        { "＝1+1", "'＝1+1" },
        { "=HYPERLINK(\"http://x.example\",\"y\")", "\"'=HYPERLINK(\"\"http://x.example\"\",\"\"y\"\")\"" },
        { "a=b", "a=b" },
        { "'=1", "'=1" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task HoldNoFormulaForExcel(string text, string field)
    {
        await using var grid = await GridApplication.Start(time: new SimulatedClock(SomeBuyers.Noon));
        var at = grid.Now;
        await grid.Record(
            "a",
            new TraitsSet(at, MessageKey.From("t"), [new Trait("note", TraitValue.OfText(text)), new Trait("delta", TraitValue.OfNumber(-5))]),
            new OrderRefunded(at, MessageKey.From("r"), "elsewhere", 300));

        var query = "/v1/segments/journey/export?format=csv&columns=trait.note,trait.delta,spend(all)";
        Encoding.UTF8.GetString(await grid.Http.GetByteArrayAsync(query + "&bom=true"))
            .ShouldBe($"\uFEFFtrait.note,trait.delta,spend(all)\r\n{field},-5,-3.00\r\n");
        var plain = field.StartsWith("\"'", StringComparison.Ordinal) ? "\"" + field[2..] : text;
        Encoding.UTF8.GetString(await grid.Http.GetByteArrayAsync(query)).ShouldBe($"trait.note,trait.delta,spend(all)\r\n{plain},-5,-3.00\r\n");
    }

    [Fact]
    public async Task HaveTheColumnsThatWereAskedFor()
    {
        var clock = new SimulatedClock(SomeBuyers.Noon);
        await using var grid = await GridApplication.Start(time: clock);
        await Furnish(grid);
        var query = $"layer=first,repeat&columns={Uri.EscapeDataString(string.Join(',', Wanted.Select(column => column.Name)))}";

        var response = await grid.Http.GetAsync($"/v1/segments/journey/export?{query}");
        var csv = await grid.Http.GetStringAsync($"/v1/segments/journey/export?format=csv&{query}");

        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        response.Headers.GetValues("Grid-Position").ShouldBe([grid.Ledger.Head.ToString()]);
        response.Headers.GetValues("Grid-As-Of").ShouldBe([grid.Now.ToString()]);
        var b = string.Join(',', Wanted.Select(column => $"\"{column.Name}\":{column.B}"));
        var c = string.Join(',', Wanted.Select(column => $"\"{column.Name}\":{column.C}"));
        (await response.Content.ReadAsStringAsync()).ShouldBe($"{{{b}}}\n{{{c}}}\n");
        csv.ReplaceLineEndings("\n").ShouldBe(
            string.Join(',', Wanted.Select(column => column.Name)).Replace("interactions(survey, 30d)", "\"interactions(survey, 30d)\"")
            + "\nb,repeat,2026-06-01T04:00:00.000Z,2,120.50,10,864000000,\"上海, 浦东\",31,true,big|vip|refunding,2026-05-12T04:00:00.000Z,"
            + "2026-05-12T04:00:00.000Z,2026-05-22T04:00:00.000Z,loyal,none,,0\n"
            + "c,first,2026-06-01T04:00:00.000Z,1,7.00,0,,,,,daily-active,2026-06-01T04:00:00.000Z,"
            + "2026-06-01T04:00:00.000Z,2026-06-01T04:00:00.000Z,new,none,,1\n");
    }

    [Fact]
    public async Task SayTheLayersOfTheirInstantAlsoOfThoseNobodyHasAdvanced()
    {
        var clock = new SimulatedClock(SomeBuyers.Noon);
        await using var grid = await GridApplication.Start(time: clock);
        await grid.Order("c1");
        clock.Advance(TimeSpan.FromDays(100));
        await grid.Order("c2");

        var rows = await Rows(grid, "/v1/segments/lifecycle/export");

        rows.Select(row => (row.Text("customer"), row.Text("layer"), row.Text("since"))).ShouldBe(
        [
            ("c1", "lost", Instant.From(SomeBuyers.Noon.AddDays(90)).ToString()),
            ("c2", "new", Instant.From(SomeBuyers.Noon.AddDays(100)).ToString()),
        ]);
    }

    [Theory]
    [InlineData("columns=customer,shoe-size", "columns", "shoe-size")]
    [InlineData("columns=layer.astrology", "columns", "layer.lifecycle")]
    [InlineData("columns=customer,customer", "columns", "twice")]
    [InlineData("columns=orders(fortnight)", "columns", "fortnight")]
    [InlineData("columns=orders(90d", "columns", "orders(90d")]
    [InlineData("columns=score.r", "columns", "rfm")]
    [InlineData("columns=", "columns", "trait.<name>")]
    [InlineData("layer=first,astrology", "layer", "astrology")]
    [InlineData("format=xlsx", "format", "ndjson or csv")]
    public async Task NameAWrongParameterAndWhatThereIs(string query, string parameter, string said)
    {
        await using var grid = await GridApplication.Start();

        var response = await grid.Http.GetAsync($"/v1/segments/journey/export?{query}");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        problem.Text("place").ShouldBe(parameter);
        problem.Text("detail").ShouldContain(said);
    }

    [Fact]
    public async Task KeepToOnePositionAndEndWithTheirTime()
    {
        var waits = new SimulatedClock(SomeBuyers.Noon);
        await using var grid = await GridApplication.Start(waits: waits);
        for (var customer = 0; customer < 3_000; customer++) await grid.Browse($"c{customer:D4}");
        var head = grid.Ledger.Head.ToString();
        using var slow = await grid.Http.GetAsync(LongExport, HttpCompletionOption.ResponseHeadersRead);
        await grid.Order("c2999");

        var busy = await grid.Http.GetAsync(LongExport);
        waits.Advance(TimeSpan.FromSeconds(ApiLimits.ExportSecondsMax));

        slow.Headers.GetValues("Grid-Position").ShouldBe([head]);
        busy.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        busy.Headers.RetryAfter.ShouldNotBeNull();
        await Should.ThrowAsync<HttpRequestException>(slow.Content.ReadAsStringAsync().WaitAsync(GridApplication.Patience));
        (await FreeAgain(grid)).ShouldBe(3_000);
    }

    [Fact]
    public async Task ShowNothingThatCameAfterTheirPosition()
    {
        await using var grid = await GridApplication.Start();
        for (var customer = 0; customer < 3_000; customer++) await grid.Browse($"c{customer:D4}");
        using var export = await grid.Http.GetAsync(LongExport, HttpCompletionOption.ResponseHeadersRead);
        await grid.Order("c2999");
        await grid.Browse("d0000");

        var rows = Parsed(await export.Content.ReadAsStringAsync());

        rows.Count.ShouldBe(3_000);
        rows[^1].Text("customer").ShouldBe("c2999");
        rows[^1].Text("layer").ShouldBe("new");
    }

    [Fact]
    public async Task OfAnAudienceAnswerLikeThoseOfAnyScheme()
    {
        await using var grid = await GridApplication.Start(schemes: [Written.Calendar("UTC"), Written.Audience]);
        await grid.Order("c1", 600_00);
        await grid.Order("c2", 100_00);
        await grid.Order("c3", 400_00);
        await grid.Order("c3", 200_00);
        await grid.Counted();

        var inside = await Rows(grid, "/v1/segments/big-spenders/export?layer=in&columns=customer,spend(365d)");
        var value = await grid.Http.GetFromJsonAsync<JsonElement>("/v1/segments/big-spenders/value?window=365d");
        var flows = await grid.Http.GetFromJsonAsync<JsonElement>("/v1/segments/big-spenders/flows?per=day");
        var migration = await grid.Http.GetFromJsonAsync<JsonElement>("/v1/segments/big-spenders/migration?from=2020-01-01");

        inside.Select(row => (row.Text("customer"), row.GetProperty("spend(365d)").GetDecimal())).ShouldBe([("c1", 600), ("c3", 600)]);
        value.GetProperty("layers").EnumerateArray().Select(layer => (layer.Text("layer"), layer.GetProperty("revenue").GetInt64()))
            .ShouldBe([("out", 100_00), ("in", 1200_00)]);
        flows.GetProperty("series").EnumerateArray()
            .Select(series => (series.GetProperty("from").GetString(), series.Text("to"), series.GetProperty("total").GetInt64()))
            .ShouldBe([(null, "out", 2), (null, "in", 1), ("out", "in", 1)], ignoreOrder: true);
        migration.GetProperty("arrivals").EnumerateArray().Select(cell => (cell.Text("to"), cell.GetProperty("count").GetInt64()))
            .ShouldBe([("out", 1), ("in", 2)]);
    }

    /// <summary>Some 20 MB for 3,000 customers: more than all buffers between a server and a client that does not read.</summary>
    private static string LongExport
    {
        get
        {
            var traits = Enumerable.Range(0, 28).Select(number => $"trait.{new string('x', 220)}{number}");
            return $"/v1/segments/journey/export?columns=customer,layer,{string.Join(',', traits)}";
        }
    }

    private static async Task Furnish(GridApplication grid)
    {
        var now = grid.Now;
        await grid.Record("a", new Browsed(now, MessageKey.From("a1"), null, 1));
        await grid.Record(
            "b",
            new OrderPaid(now.Plus(-20 * MillisecondsPer.Day), MessageKey.From("b1"), "b1", 100_00),
            new OrderPaid(now.Plus(-10 * MillisecondsPer.Day), MessageKey.From("b2"), "b2", 30_00),
            new OrderRefunded(now.Plus(-MillisecondsPer.Day), MessageKey.From("b3"), "b2", 9_50),
            new TagChanged(now, MessageKey.From("b4"), "vip", true, Instant.Never),
            new TagChanged(now, MessageKey.From("b5"), "big", true, Instant.Never),
            new TagChanged(now, MessageKey.From("b6"), "gone", true, now),
            new TraitsSet(
                now,
                MessageKey.From("b7"),
                [
                    new Trait("city", TraitValue.OfText("上海, 浦东")), new Trait("age", TraitValue.OfNumber(31)),
                    new Trait("vip", TraitValue.OfTruth(true)),
                ]));
        await grid.Record(
            "c", new OrderPaid(now, MessageKey.From("c1"), "c1", 7_00), new Interacted(now, MessageKey.From("c2"), "survey"));
    }

    private static async Task<List<JsonElement>> Rows(GridApplication grid, string question) =>
        Parsed(await grid.Http.GetStringAsync(question));

    private static List<JsonElement> Parsed(string ndjson) =>
        [.. ndjson.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    /// <summary>The slot of an aborted export becomes free a moment after its reader has learned of the end.</summary>
    private static async Task<int> FreeAgain(GridApplication grid)
    {
        using var patience = new CancellationTokenSource(GridApplication.Patience);
        while (true)
        {
            var response = await grid.Http.GetAsync("/v1/segments/journey/export", patience.Token);
            if (response.IsSuccessStatusCode) return Parsed(await response.Content.ReadAsStringAsync(patience.Token)).Count;
        }
    }
}
