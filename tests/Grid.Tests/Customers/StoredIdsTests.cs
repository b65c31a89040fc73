using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Grid.Tests.Customers;

/// <summary>Stored ids from before the rule for ids, or that a path cannot contain: <c>?id=</c> reads and erases their customers.</summary>
public sealed class StoredIdsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly string[] Odd = ["\u3000", "\u00A0", " ", ".", "..", " u1 ", "a\u202Eb", "%2F", "a/b?c=d&e#f", "explain"];

    [Fact]
    public async Task AreReachedAndErasedExactlyAsTheyAreSpelled()
    {
        await using var grid = await GridApplication.Start();
        await grid.Order("u1");
        foreach (var id in Odd) await grid.Order(id);
        await grid.Counted();
        foreach (var id in Odd)
        {
            var query = $"id={Uri.EscapeDataString(id)}";
            (await Ask(grid, $"/v1/customers?{query}")).GetProperty("id").GetString().ShouldBe(id);
            (await Ask(grid, $"/v1/customers/explain?{query}&scheme=lifecycle")).ValueKind.ShouldBe(JsonValueKind.Object);
            (await Ask(grid, $"/v1/customers/forecast?{query}")).ValueKind.ShouldBe(JsonValueKind.Object);
            (await Ask(grid, $"/v1/customers/transitions?{query}")).GetProperty("items").GetArrayLength().ShouldBeGreaterThan(0);

            (await grid.Http.DeleteAsync($"/v1/customers?{query}", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NoContent, id);
            (await grid.Http.GetAsync($"/v1/customers?{query}", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound, id);
        }

        (await Ask(grid, "/v1/customers/u1")).GetProperty("id").GetString().ShouldBe("u1");
    }

    [Fact]
    public async Task ThatAreCalledLikeAQuestionAreStillReachedByTheirPath()
    {
        await using var grid = await GridApplication.Start();
        foreach (var id in (string[])["explain", "forecast", "transitions"])
        {
            await grid.Order(id);
            (await Ask(grid, $"/v1/customers/{id}")).GetProperty("id").GetString().ShouldBe(id);
        }
    }

    [Fact]
    public async Task AreNamedByThePathAsSendersNameThem()
    {
        await using var grid = await GridApplication.Start();
        await grid.Order("u1");
        (await Ask(grid, "/v1/customers/%20u1%E3%80%80")).GetProperty("id").GetString().ShouldBe("u1");
        (await grid.Http.GetAsync("/v1/customers", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task ThatAreBlankAreMovedByAPublicationLikeAllOthers()
    {
        await using var grid = await GridApplication.Start();
        await grid.Order("\u3000");
        await grid.Order("u1");
        var yaml = "audience: everybody\nname: { zh: 所有人, en: Everybody }\nwhen: orders >= 1\n";
        var request = new { replace = new[] { new { file = "everybody.yaml", yaml } } };
        using var answer = await grid.Http.PostAsJsonAsync("/v1/rulebooks", request, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancellation));
        using var patience = new CancellationTokenSource(GridApplication.Patience);
        while (!(await Ask(grid, "/v1/rulebooks")).GetProperty("sweep").GetProperty("complete").GetBoolean())
            patience.Token.ThrowIfCancellationRequested();
    }

    private static async Task<JsonElement> Ask(GridApplication grid, string path)
    {
        using var answer = await grid.Http.GetAsync(path, Cancellation);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, $"{path}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}
