using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Grid.Grains.Clocks;
using Grid.Tests.Api;
using Grid.Tests.Segments;
using Shouldly;
using Xunit;

namespace Grid.Tests.Explaining.Advice;

/// <summary>A client that only reads the server's explanations and sends the events that they recommend.</summary>
public sealed class AdviceOverHttpTests
{
    private int _messages;

    [Theory]
    [InlineData("lifecycle", "loyal")]
    [InlineData("lifecycle", "lost")]
    [InlineData("frequency3", "high")]
    [InlineData("spending-power", "mid")]
    [InlineData("engagement", "koc")]
    [InlineData("groups4", "high-value")]
    [InlineData("funnel", "vip")]
    [InlineData("level", "l3")]
    [InlineData("plan", "active")]
    [InlineData("city-tier", "tier-2")]
    [InlineData("high-ticket", "repeat")]
    [InlineData("retail-preference", "store")]
    public async Task LeadsWhereItWasSaidTo(string scheme, string layer)
    {
        var clock = new SimulatedClock(SomeBuyers.Noon);
        await using var grid = await GridApplication.Start(time: clock);
        await Send(grid, clock, Event("Order Completed", new JsonObject { ["order_id"] = "first", ["total"] = "20.00" }));
        clock.Advance(TimeSpan.FromDays(3));
        var before = await Explained(grid, scheme);
        before.Text("layer").ShouldNotBe(layer);

        var missing = before.GetProperty("others").EnumerateArray().Single(other => other.Text("layer") == layer).GetProperty("missing");
        await Follow(grid, clock, [.. missing.EnumerateArray().Select(one => one.GetProperty("step"))]);

        (await Explained(grid, scheme)).Text("layer").ShouldBe(layer, missing.ToString());
    }

    private async Task Follow(GridApplication grid, SimulatedClock clock, List<JsonElement> steps)
    {
        foreach (var step in steps)
        {
            if (step.Text("kind") == "wait") clock.AdvanceTo(DateTimeOffset.Parse(step.Text("at")));
            else if (step.Text("kind") == "choice") await Follow(grid, clock, [.. step.GetProperty("ways")[0].EnumerateArray()]);
            else if (step.Text("kind") is not ("blocked" or "comesByItself" or "doneBefore"))
                for (var times = step.TryGetProperty("count", out var count) && step.Text("kind") != "points" ? count.GetInt64() : 1; times > 0; times--)
                    await Send(grid, clock, Call(step));
        }
    }

    private JsonObject Call(JsonElement step)
    {
        var name = step.TryGetProperty("names", out var names) ? names[0].GetString() : null;
        switch (step.Text("kind"))
        {
            case "order":
                var total = step.TryGetProperty("amount", out var amount) ? amount.GetString() : "0";
                return Event("Order Completed", new JsonObject { ["order_id"] = $"order {_messages}", ["total"] = total });
            case "favourite":
                return Event("Order Completed", new JsonObject { ["order_id"] = $"order {_messages}", ["total"] = "0", [step.Text("of")] = name });
            case "interaction":
                var what = name switch { "post-published" => "Post Published", "referral" => "Referral Completed", _ => "Comment Added" };
                return Event(what, []);
            case "points": return Event("Points Earned", new JsonObject { ["points"] = step.GetProperty("count").GetInt64() });
            case "plan": return Event("Membership Purchased", new JsonObject { ["plan"] = name ?? "gold", ["until"] = "2027-06-01T00:00:00Z" });
            case "trait": return new JsonObject { ["traits"] = new JsonObject { [step.Text("of")] = name } };
            default: throw new InvalidOperationException($"Nothing to send for {step}.");
        }
    }

    private static JsonObject Event(string what, JsonObject properties) => new() { ["event"] = what, ["properties"] = properties };

    private async Task Send(GridApplication grid, SimulatedClock clock, JsonObject call)
    {
        call["userId"] = "li";
        call["messageId"] = $"message {_messages++}";
        call["timestamp"] = clock.GetUtcNow().ToString("O");
        var path = call.ContainsKey("traits") ? "/v1/identify?strict=true" : "/v1/track?strict=true";
        (await grid.Http.PostAsJsonAsync(path, call)).StatusCode.ShouldBe(HttpStatusCode.OK, call.ToString());
    }

    private static Task<JsonElement> Explained(GridApplication grid, string scheme) =>
        grid.Http.GetFromJsonAsync<JsonElement>($"/v1/customers/li/explain?scheme={scheme}");
}
