using System.Text.Json;
using Grid.Api;
using Grid.Testing.Hub;
using Grid.Tests.House;
using Shouldly;
using Xunit;

namespace Grid.Tests.Errors;

/// <summary>Streams that the hub refuses, in the language of the connection.</summary>
public sealed class RefusalsOfTheHubTests
{
    /// <summary>The query of the address, the header, and the language of the refusals.</summary>
    private static readonly (string Query, string? Header, bool IsChinese)[] Connections =
    [
        ("", null, false), ("", "zh-CN,zh;q=0.9,en;q=0.8", true), ("", "en,zh;q=0.5", false), ("?lang=zh", null, true), ("?lang=zh-CN", "en", true),
        ("?lang=en", "zh-CN", false), ("?lang=fr", "zh-CN", true), ("?lang=", "zh", true), ("?lang=fr", null, false),
    ];

    [Fact]
    public async Task AreInTheLanguageOfTheConnection()
    {
        await using var grid = await GridApplication.Start();
        foreach (var (query, header, isChinese) in Connections)
        {
            await using var hub = await HubConnection.Open(grid.Address, $"/hubs/grid{query}", header);
            (await Refusal(hub, "Segments", [new[] { "astrology" }])).ShouldEndWith(
                isChinese ? "HubException: 没有分层方案“astrology”。" : "HubException: There is no scheme 'astrology'.", Case.Sensitive, $"{query} {header}");
            (await Refusal(hub, "Transitions", [new { scheme = "astrology" }, null])).ShouldEndWith(isChinese
                ? "没有分层方案“astrology”；可用的方案见 /v1/schemes。" : "there is no scheme 'astrology'.");
            (await Refusal(hub, "Transitions", [new { direction = "x" }, null])).ShouldEndWith(isChinese
                ? "direction 的值是“x”；请填写 upgrade、downgrade、change、entry 或 exit。"
                : "direction is 'x'; it is upgrade, downgrade, change, entry or exit.");
            (await Refusal(hub, "Transitions", [new { customer = "" }, null])).ShouldEndWith(isChinese ? "用户 ID 为空。" : "a customer id is empty.");
            (await Refusal(hub, "Transitions", [null, "x"])).ShouldContain(isChinese ? "不是日志位置" : "which is no position");
            (await Refusal(hub, "Transitions", [null, "999999"])).ShouldContain(isChinese ? "但日志只到" : "but the log ends at");
        }
    }

    [Fact]
    public async Task NameTooManyStreams()
    {
        await using var grid = await GridApplication.Start();
        await using var hub = await HubConnection.Open(grid.Address, "/hubs/grid?lang=zh");
        var open = new List<IAsyncEnumerator<JsonElement>>();
        for (var stream = 0; stream < ApiLimits.ConnectionStreamsMax; stream++)
        {
            open.Add(hub.Stream("Segments", [null]).GetAsyncEnumerator());
            (await open[^1].MoveNextAsync()).ShouldBeTrue();
        }

        (await Refusal(hub, "Segments", [null])).ShouldEndWith("HubException: 这个连接已有 16 个流；请先结束一个。");
        foreach (var stream in open) await stream.DisposeAsync();
    }

    [Fact]
    public void AreWrittenInOnePlace() => Repository.Files
        .Where(file => file.IsCSharp && file.Path.StartsWith("src/", StringComparison.Ordinal) && file.Name != "HubRefusals.cs")
        .Where(file => file.Text.Contains("new HubException(", StringComparison.Ordinal)).Select(file => file.Path).ShouldBeEmpty();

    private static async Task<string> Refusal(HubConnection hub, string target, object?[] arguments) => (await Should.ThrowAsync<HubError>(async () =>
    {
        await foreach (var _ in hub.Stream(target, arguments))
        {
        }
    })).Message;
}
