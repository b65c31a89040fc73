using System.Net;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Xunit;

namespace Grid.Tests.Deployment;

/// <summary>Dashboard, alerts, probes and scrapes, compared with a running server.</summary>
public sealed class WhatIsWatchedTests(WatchedServer server) : IClassFixture<WatchedServer>
{
    private static readonly string[] Probes = ["startupProbe", "livenessProbe", "readinessProbe"];

    [Fact]
    public void IsAskedForByTheDashboardAsItIsExported()
    {
        var queries = Dashboard.Queries();

        queries.Count.ShouldBeGreaterThan(20);
        Faults(queries).ShouldBeEmpty();
    }

    [Fact]
    public void IsAskedForByTheAlertsAsItIsExported()
    {
        var queries = Alerts.All.Select(alert => alert["expr"].Text!).ToList();

        queries.Count.ShouldBeGreaterThan(10);
        Faults(queries).ShouldBeEmpty();
    }

    [Fact]
    public void IsNearlyAllOfTheGridsOwnOnTheDashboard()
    {
        var shown = Dashboard.Queries().SelectMany(PromQuery.Series).Select(series => series.Metric);
        var alarmed = Alerts.All.SelectMany(alert => PromQuery.Series(alert["expr"].Text!)).Select(series => series.Metric);

        // Metrics without an alert; they are for measurements.
        string[] neither =
        [
            "grid_ingest_bytes_total", "grid_ledger_checkpoint_rows_total", "grid_ledger_memtable_bytes", "grid_ledger_commit_duration_seconds_count",
            "grid_ledger_commit_duration_seconds_sum",
        ];
        var own = server.Metrics.Names.Where(name => name.StartsWith("grid_", StringComparison.Ordinal));
        own.Except(shown).Except(alarmed).ShouldBe(neither, ignoreOrder: true);
    }

    [Fact]
    public void CountsCommitsByHowLongTheyTook()
    {
        var buckets = server.Metrics.Values.Where(sample => sample.Key.Name == "grid_ledger_commit_duration_seconds_bucket").ToList();
        var count = server.Metrics.Values[("grid_ledger_commit_duration_seconds_count", "")];

        // A commit is measured when its caller has the answer, which is after the batch is counted.
        count.ShouldBeInRange(1, server.Metrics.Values[("grid_ledger_changes_total", "")]);
        buckets[^1].ShouldBe(KeyValuePair.Create(("grid_ledger_commit_duration_seconds_bucket", "le=+Inf"), count));
        buckets.Select(bucket => bucket.Value).ShouldBeInOrder();
        buckets[0].Key.Labels.ShouldBe("le=0.000125");
    }

    [Fact]
    public void SaysThatTheServerIsReadyAndWhatItUses()
    {
        server.Metrics.Values[("grid_ready", "")].ShouldBe(1);
        var used = server.Metrics.Values[("dotnet_process_memory_working_set_bytes", "")];
        var available = server.Metrics.Values[("grid_memory_available_bytes", "")];

        // More than a server needs for nothing.
        used.ShouldBeInRange(10_000_000, available);
        var started = DateTimeOffset.FromUnixTimeMilliseconds((long)(server.Metrics.Values[("process_start_time_seconds", "")] * 1000));
        started.ShouldBeInRange(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task IsScrapedWithTheKeyOnly()
    {
        var job = Tree.ReadOne("deploy/prometheus/prometheus.yml")["scrape_configs"].Items.Single();

        var path = job["metrics_path"].Text!;
        (await server.Ask(HttpMethod.Get, path, key: null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await server.Ask(HttpMethod.Get, path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        job["authorization/type"].Text.ShouldBe("Bearer");
    }

    [Fact]
    public async Task IsProbedWithoutAKey()
    {
        var container = Kubernetes.Container;
        foreach (var probe in Probes)
        {
            container[$"{probe}/httpGet/port"].Text.ShouldBe("http");
            var answer = await server.Ask(HttpMethod.Get, container[$"{probe}/httpGet/path"].Text!, key: null);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, probe);
        }
    }

    [Fact]
    public void IsCalledInTheRunbookByItsRoutes()
    {
        var templates = server.Routes.Select(route => "/" + route.RoutePattern.RawText!.TrimStart('/')).ToList();
        var named = Runbook.Routes().ToList();

        named.Count.ShouldBeGreaterThan(4);
        foreach (var (method, path) in named)
            server.Routes.ShouldContain(route => Answers(route, method, path), $"{method} {path}; there are {string.Join(' ', templates)}");
    }

    private static bool Answers(RouteEndpoint route, string? method, string path)
    {
        var template = "/" + (route.RoutePattern.RawText ?? "").Trim('/').Replace(":int}", "}", StringComparison.Ordinal);
        var methods = route.Metadata.OfType<HttpMethodMetadata>().SelectMany(known => known.HttpMethods).ToList();
        var leads = Fits(template, path) || (method is null && template.StartsWith(path + "/", StringComparison.Ordinal));
        return leads && (method is null || methods.Contains(method));
    }

    /// <summary>A parameter of the route matches any text.</summary>
    private static bool Fits(string template, string path)
    {
        var (open, given) = (template.Split('/'), path.Split('/'));
        return open.Length == given.Length && open.Zip(given).All(parts => parts.First == parts.Second || parts.First.StartsWith('{'));
    }

    private List<string> Faults(IEnumerable<string> queries) =>
        [.. queries.SelectMany(query => PromQuery.Series(query).Select(series => (query, fault: server.Metrics.Fault(series))))
            .Where(found => found.fault is not null)
            .Select(found => $"{found.fault}: {found.query}")];
}
