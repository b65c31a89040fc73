using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ingest;

/// <summary>Two contents of one order over the ways in: the earlier counts, and the sender of the other one can see why.</summary>
public sealed class ConflictingOrdersTests
{
    private const string Known =
        "order 'o1' is known with another content: 1000 minor units at 2026-01-01T00:00:00.000Z, "
        + "not 3000 at 2026-01-03T00:00:00.000Z; the earlier one counts";

    private const string Replaced =
        "order 'o1' was known with another content: 2000 minor units at 2026-01-02T00:00:00.000Z; this one is earlier and counts instead";

    [Fact]
    public async Task AreRejectedOrReplacedWithAReason()
    {
        await using var grid = await GridApplication.Start();

        (await Call(grid, "m2", "2026-01-02T00:00:00Z", 20)).GetProperty("outcome").GetString().ShouldBe("accepted");
        var earlier = await Call(grid, "m1", "2026-01-01T00:00:00Z", 10);
        earlier.GetProperty("outcome").GetString().ShouldBe("accepted");
        earlier.GetProperty("leftOut")[0].GetProperty("reason").GetString().ShouldBe(Replaced);
        var later = await Call(grid, "m3", "2026-01-03T00:00:00Z", 30);
        later.GetProperty("outcome").GetString().ShouldBe("rejected");
        later.GetProperty("reason").GetString().ShouldBe(Known);
        (await Call(grid, "m1", "2026-01-01T00:00:00Z", 10)).GetProperty("outcome").GetString().ShouldBe("duplicate");

        var csv = await Import(grid, "u1,o1,2026-01-03,3000\nu1,o1,2026-01-01,1000\nu2,o1,2026-01-03,3000\n");
        (csv.GetProperty("accepted").GetInt32(), csv.GetProperty("duplicate").GetInt32(), csv.GetProperty("rejected").GetInt32()).ShouldBe((1, 1, 1));
        csv.GetProperty("firstRejections")[0].GetProperty("reason").GetString().ShouldBe(Known);

        var rejects = (await grid.Http.GetFromJsonAsync<JsonElement>("/v1/rejects")).GetProperty("items");
        rejects.EnumerateArray().Select(reject => reject.GetProperty("reason").GetString()).ShouldBe([Replaced, Known, Known]);
        var view = await grid.Http.GetFromJsonAsync<JsonElement>("/v1/customers/u1");
        view.GetProperty("totals").GetProperty("spend").GetInt64().ShouldBe(1_000);
    }

    private static async Task<JsonElement> Call(GridApplication grid, string message, string timestamp, decimal total)
    {
        var order = new Dictionary<string, object> { ["order_id"] = "o1", ["total"] = total };
        var call = new { userId = "u1", messageId = message, @event = "Order Completed", timestamp, properties = order };
        using var response = await grid.Http.PostAsJsonAsync("/v1/track?strict=true", call);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items")[0];
    }

    private static async Task<JsonElement> Import(GridApplication grid, string rows)
    {
        using var body = new StringContent($"customer_id,order_id,occurred_at,amount\n{rows}", Encoding.UTF8, "text/csv");
        using var response = await grid.Http.PostAsync("/v1/import", body);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
