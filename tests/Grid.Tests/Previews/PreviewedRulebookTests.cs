using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grid.Grains;
using Grid.Grains.Previews;
using Grid.Grains.Rules;
using Grid.Ledger;
using Grid.Model.Customers;
using Grid.Model.Time;
using Grid.Model.Transitions;
using Grid.Tests.Api;
using Grid.Tests.Segments;
using Shouldly;
using Xunit;

namespace Grid.Tests.Previews;

/// <summary>The publication of the same files does exactly what the preview predicted.</summary>
public sealed class PreviewedRulebookTests(ITestOutputHelper output)
{
    private const int Customers = 2_000;
    private const string Outside = "outside";

    [Fact]
    public async Task IsWhatIsThenPublished()
    {
        var buyers = new SomeBuyers(seed: 5);
        await using var grid = await Populated(buyers);
        foreach (var (change, request) in SomeChanges.InOrder)
        {
            buyers.Clock.Advance(TimeSpan.FromDays(3));
            await grid.Wake(buyers.Customers.Select(customer => new CustomerId(customer)));
            var before = await grid.Log();

            var preview = await Previewed(grid, request, "?schemes=all");
            (await grid.Log()).Count.ShouldBe(before.Count, change);
            await Publish(grid, request);
            var after = await grid.Log();
            var moves = after.Skip(before.Count).Select(item => item.Transition).ToList();

            preview.GetProperty("customers").GetInt32().ShouldBe(Customers);
            preview.GetProperty("rulebook").GetInt32().ShouldBe(preview.GetProperty("inForce").GetInt32() + 1);
            moves.ShouldAllBe(move => move.Cause.Kind == CauseKind.Rulebook);
            ShouldSay(change, preview, Sizes(before), Sizes(after), Moves(moves));
            ShouldShow(preview, moves, buyers);
            output.WriteLine($"{change}: {moves.Count} moves of {Customers} customers");
            moves.ShouldAllBe(_ => change != SomeChanges.Held);
        }
    }

    [Fact]
    public async Task SaysThatNothingChangesOfTheFilesInForce()
    {
        await using var grid = await Populated(new SomeBuyers(seed: 6));
        var preview = await Previewed(grid, new { replace = Array.Empty<object>() });
        preview.GetProperty("schemes").GetArrayLength().ShouldBe(0);
        preview.GetProperty("unchanged").GetArrayLength().ShouldBe(grid.Of<CurrentRules>().Value.Rulebook.Schemes.Count);
    }

    [Fact]
    public async Task TellsFaultsAsAPublicationDoes()
    {
        await using var grid = await GridApplication.Start();
        var request = SomeChanges.Replacing("new", SomeChanges.TopBuyers.Replace("topPercent(spend", "topPercent(luck", StringComparison.Ordinal));
        var answers = new[] { await Ask(grid, request), await grid.Http.PostAsJsonAsync("/v1/rulebooks", request) };
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.BadRequest);
        (await answers[0].Content.ReadAsStringAsync()).ShouldBe(await answers[1].Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task ComesInLinesForWhoeverAcceptsThem()
    {
        await using var grid = await Populated(new SomeBuyers(seed: 7));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/schemes/preview") { Content = JsonContent.Create(SomeChanges.InOrder[0].Request) };
        request.Headers.Accept.ParseAdd("application/x-ndjson");
        using var answer = await grid.Http.SendAsync(request);
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement).ToList();

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        lines[^1].GetProperty("result").GetProperty("customers").GetInt32().ShouldBe(Customers);
        var progress = lines[..^1].ConvertAll(line => line.GetProperty("progress"));
        progress.ShouldNotBeEmpty();
        progress[^1].GetProperty("done").GetInt64().ShouldBe(2 * Customers);
        progress.ShouldAllBe(line => line.GetProperty("total").GetInt64() == 2 * Customers);
    }

    [Fact]
    public async Task IsOneAtATime()
    {
        await using var grid = await GridApplication.Start();
        var files = (await grid.Of<IGrainFactory>().Rules().History())[^1].Files;
        using (grid.Of<PreviewRuns>().TryBegin(files, grid.Of<CurrentRules>().Value.Rulebook.Content))
        {
            var answer = await Ask(grid, new { replace = Array.Empty<object>() });
            answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            answer.Headers.RetryAfter.ShouldNotBeNull();
        }

        (await Ask(grid, new { replace = Array.Empty<object>() })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static void ShouldSay(
        string change,
        JsonElement preview,
        Dictionary<(string, string), long> before,
        Dictionary<(string, string), long> after,
        Dictionary<(string, string, string), long> moves)
    {
        foreach (var scheme in preview.GetProperty("schemes").EnumerateArray())
        {
            var id = scheme.Text("scheme")!;
            foreach (var layer in scheme.GetProperty("layers").EnumerateArray())
            {
                Number(layer, "before").ShouldBe(before.GetValueOrDefault((id, layer.Text("layer")!)), $"{change}: {id} {layer}");
                Number(layer, "after").ShouldBe(after.GetValueOrDefault((id, layer.Text("layer")!)), $"{change}: {id} {layer}");
            }

            var cells = scheme.GetProperty("cells").EnumerateArray().Where(cell => cell.Text("from") != cell.Text("to"))
                .ToDictionary(cell => (id, cell.Text("from") ?? Outside, cell.Text("to") ?? Outside), cell => cell.GetProperty("customers").GetInt64());
            cells.Keys.ShouldBe(moves.Keys.Where(move => move.Item1 == id), ignoreOrder: true, change);
            foreach (var (way, customers) in cells) customers.ShouldBe(moves[way], $"{change}: {way}");
            scheme.GetProperty("moved").GetInt64().ShouldBe(cells.Values.Sum());
        }

        var told = preview.GetProperty("schemes").EnumerateArray().Select(scheme => scheme.Text("scheme")).ToHashSet();
        moves.Keys.Select(move => move.Item1).Distinct().ShouldAllBe(scheme => told.Contains(scheme));
    }

    private static void ShouldShow(JsonElement preview, List<Transition> moves, SomeBuyers buyers)
    {
        foreach (var scheme in preview.GetProperty("schemes").EnumerateArray())
        {
            foreach (var cell in scheme.GetProperty("cells").EnumerateArray().Where(cell => cell.Text("from") != cell.Text("to")))
            {
                var movers = moves.Where(move => (move.Scheme, move.From, move.To) == (scheme.Text("scheme"), cell.Text("from"), cell.Text("to")))
                    .Select(move => move.Customer.Value).Order(StringComparer.Ordinal).ToList();
                cell.GetProperty("examples").EnumerateArray().Select(example => example.Text("customer")).ShouldBe(movers.Take(10));
                cell.GetProperty("revenue").GetInt64().ShouldBe(movers.Sum(mover => buyers.SpendOf(mover, Instant.Beginning)));
                cell.GetProperty("revenueOfYear").GetInt64()
                    .ShouldBe(movers.Sum(mover => buyers.SpendOf(mover, buyers.Now.Plus(-365 * MillisecondsPer.Day))));
                foreach (var example in cell.GetProperty("examples").EnumerateArray())
                    example.GetProperty("reason").GetProperty("text").Text("zh").ShouldNotBeNullOrEmpty();
            }
        }
    }

    private static async Task<GridApplication> Populated(SomeBuyers buyers)
    {
        var grid = await GridApplication.Start(time: buyers.Clock);
        await buyers.Fill(grid, Customers);
        await grid.PublishBaseline();
        return grid;
    }

    private static Task<HttpResponseMessage> Ask(GridApplication grid, object request, string query = "") =>
        grid.Http.PostAsJsonAsync("/v1/schemes/preview" + query, request);

    private static async Task<JsonElement> Previewed(GridApplication grid, object request, string query = "")
    {
        var answer = await Ask(grid, request, query);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task Publish(GridApplication grid, object request)
    {
        var answer = await grid.Http.PostAsJsonAsync("/v1/rulebooks", request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        await grid.Migrated();
    }

    private static Dictionary<(string, string), long> Sizes(IEnumerable<LoggedTransition> log) =>
        GridApplication.Fold(log).ToDictionary(count => (count.Key.Scheme, count.Key.Layer), count => count.Value);

    private static Dictionary<(string, string, string), long> Moves(IEnumerable<Transition> moves) =>
        moves.GroupBy(move => (move.Scheme, move.From ?? Outside, move.To ?? Outside)).ToDictionary(group => group.Key, group => (long)group.Count());

    private static long Number(JsonElement layer, string name) => layer.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt64() : 0;
}
