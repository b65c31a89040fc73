using System.Net.Http.Headers;
using Grid.Rulebooks.Explaining;
using Grid.Simulation.Auditing;
using Grid.Testing;
using Grid.Testing.Servers;
using Shouldly;
using Xunit;

namespace Grid.Simulation.Sdks;

/// <summary>SDKs for Node.js from npm, unchanged, pointed at the server as an operator starts it.</summary>
[Collection(nameof(NodeSdksTests))]
public sealed class NodeSdksTests
{
    private readonly NodePrograms _node = new(Path.Combine(AppContext.BaseDirectory, "Sdks"));

    [Fact]
    public async Task OfSegmentDeliverOrdersAndTraits()
    {
        if (await _node.Install() is { } missing) Assert.Skip(missing);
        using var data = new DataFolder();
        await using var server = await ServerProcess.Listen("serve", "--data", data.Path, "--key", "sdk-key");
        server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sdk-key");
        var audit = new ServerAudit(server.Http);

        var (exit, output) = await _node.Run("node", $"segment.mjs {server.Http.BaseAddress!.ToString().TrimEnd('/')}");

        exit.ShouldBe(0, output);
        var customer = (await audit.View("sdk-1")).ShouldNotBeNull();
        customer.Orders.Select(order => (order.OrderId, order.Amount, order.Category, order.Quantity)).ShouldBe(
            [("sdk-order-1", 1999, "tea", 1), ("sdk-order-2", 3998, "tea", 2), ("sdk-order-3", 5997, "tea", 3)]);
        customer.Traits.Select(trait => (trait.Name, trait.Value.ToString())).ShouldBe(
            [("city", "上海"), ("age", "31"), ("vip", "True"), ("address.street", "Nanjing Road")], ignoreOrder: true);
        customer.Metrics.ShouldContain(new MetricView("source", "poster"));
        customer.Layers.Single(layer => layer.Scheme == "lifecycle").Layer.ShouldBe("loyal");
        (await audit.View("anonymous:visitor-1")).ShouldNotBeNull().Browses.Single().Category.ShouldBe("tea");
        (await audit.Recounts()).Customers.ShouldBe(2);
        (await server.Http.GetStringAsync("/v1/rejects")).ShouldNotContain("sdk-1");
    }

    [Fact]
    public async Task OfRudderStackDeliverOrdersRefundsAndTraits()
    {
        if (await _node.Install() is { } missing) Assert.Skip(missing);
        using var data = new DataFolder();
        await using var server = await ServerProcess.Listen("serve", "--data", data.Path, "--key", "sdk-key");
        server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sdk-key");
        var audit = new ServerAudit(server.Http);

        var (exit, output) = await _node.Run("node", $"rudder.mjs {server.Http.BaseAddress!.ToString().TrimEnd('/')}");

        exit.ShouldBe(0, output);
        var customer = (await audit.View("rudder-1")).ShouldNotBeNull();
        customer.Orders.Select(order => (order.OrderId, order.Amount)).ShouldBe([("rudder-order-1", 1999), ("rudder-order-2", 3998)]);
        customer.Traits.ShouldContain(trait => trait.Name == "city" && trait.Value.ToString() == "杭州");
        customer.Metrics.ShouldContain(new MetricView("refunds", "19.99"));
        (await audit.Recounts()).Customers.ShouldBe(1);
        (await server.Http.GetStringAsync("/v1/rejects")).ShouldNotContain("rudder-1");
    }
}
