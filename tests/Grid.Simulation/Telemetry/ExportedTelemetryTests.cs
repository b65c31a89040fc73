using System.Net.Http.Json;
using Grid.Simulation.Telemetry.Otlp.Traces;
using Grid.Testing;
using Grid.Testing.Servers;
using Shouldly;
using Xunit;

namespace Grid.Simulation.Telemetry;

/// <summary>Traces and metrics that a server process sends by OTLP, read by a receiver in the test.</summary>
public sealed class ExportedTelemetryTests
{
    private const string Name = "name-that-no-trace-may-keep";

    /// <summary>Source and name of the span of a commit.</summary>
    private static readonly (string, string) Commit = ("Grid", "commit");

    [Fact]
    public async Task FollowsAnEventFromItsRequestToItsCommitWithoutNamingTheCustomer()
    {
        using var data = new DataFolder();
        await using var receiver = await OtlpReceiver.Start();
        await using var server = await Listen(receiver, data);

        await Use(server);
        var spans = await Patience.Until(
            () => Task.FromResult(receiver.Spans),
            spans => spans.Any(IsCommit) && spans.Any(IsRequest) && spans.Any(one => one.Span.Name.StartsWith("GET", StringComparison.Ordinal)),
            "the spans of the request and its commit");

        (await server.Interrupt()).ShouldBe(0, server.Output);
        Ancestors(spans.First(IsCommit).Span, receiver.Spans).ShouldContain(span => span.Name == "POST /v1/track");
        receiver.Spans.Select(one => one.Source).ShouldContain("Microsoft.Orleans.Application");
        receiver.Spans.Where(one => one.Span.ToString().Contains(Name, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task SendsTheMetricsThatPrometheusScrapes()
    {
        using var data = new DataFolder();
        await using var receiver = await OtlpReceiver.Start();
        await using var server = await Listen(receiver, data);

        await Use(server);

        // The server fetches the counts of layers from grains, at an interval.
        string[] expected = ["grid.events", "grid.ledger.commit.duration", "grid.segment.customers", "http.server.request.duration", "dotnet.gc.pause.time"];
        await Patience.Until(
            () => Task.FromResult(string.Join(' ', receiver.Metrics)), names => expected.All(names.Contains), string.Join(", ", expected));
    }

    private static bool IsCommit((string Source, Span Span) one) => (one.Source, one.Span.Name) == Commit;

    private static bool IsRequest((string Source, Span Span) one) => one.Span.Name == "POST /v1/track";

    private static IEnumerable<Span> Ancestors(Span span, IReadOnlyCollection<(string Source, Span Span)> all)
    {
        while (all.FirstOrDefault(one => one.Span.SpanId == span.ParentSpanId).Span is { } parent) yield return span = parent;
    }

    private static Task<ServerProcess> Listen(OtlpReceiver receiver, DataFolder data) => ServerProcess.Listen(
        new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Address,
            ["OTEL_TRACES_SAMPLER"] = "always_on",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
        },
        "serve",
        "--data",
        data.Path);

    private static async Task Use(ServerProcess server)
    {
        var order = new
        {
            userId = Name,
            messageId = "m1",
            @event = "Order Completed",
            properties = new { order_id = "o1", total = 10, currency = "CNY" },
        };
        using var sent = await server.Http.PostAsJsonAsync("/v1/track", order);
        sent.EnsureSuccessStatusCode();
        using var read = await server.Http.GetAsync($"/v1/customers/{Name}");
        read.EnsureSuccessStatusCode();
    }
}
