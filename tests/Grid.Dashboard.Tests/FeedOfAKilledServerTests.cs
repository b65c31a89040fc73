using Shouldly;
using Xunit;

namespace Grid.Dashboard.Tests;

/// <summary>The page stays open while its server is killed and started again, more than once.</summary>
public sealed class FeedOfAKilledServerTests(Chromium chromium, ITestOutputHelper output)
{
    private const int Kills = 3;
    private const int CustomersOfABatch = 1;

    /// <summary>As many rows as the feed keeps; the test stays below.</summary>
    private const int RowsMax = 500;

    private int _customers;

    [Fact]
    public async Task HasNothingMissedOrDoubled()
    {
        await using var server = await GridProcess.Start();
        await using var shown = await ShownPage.Open(chromium, server);
        await shown.Page.EvaluateAsync("() => { window.sameWindow = true; }");
        await server.Post(Customers());
        await shown.Transition((await server.Positions())[^1]);

        for (var kill = 0; kill < Kills; kill++)
        {
            // The events were answered, but perhaps not shown yet: the page must fetch them from the next server.
            await server.Post(Customers());
            await server.Kill();
            await shown.Connection("reconnecting");
            await server.Restart();
            // The page still waits for its next attempt while these happen.
            await server.Post(Customers());
            await shown.Connection("connected");
            await server.Post(Customers());
        }

        var log = await server.Positions();
        log.Count.ShouldBeLessThan(RowsMax);
        await shown.Transition(log[^1]);
        // After a flood the older rows are filled in bit by bit.
        await shown.Transition(log[0]);
        var rows = await shown.Positions();
        // A baseline may have moved a customer between the two requests; the comparison ends at the same transition.
        rows = [.. rows.Take(rows.ToList().LastIndexOf(log[^1]) + 1)];

        output.WriteLine($"{log.Count} transitions over {Kills} kills, {rows.Count} rows in the feed");
        log.Count.ShouldBeGreaterThan(_customers);
        rows.ShouldBe(log);
        (await shown.Page.EvaluateAsync<bool>("window.sameWindow === true")).ShouldBeTrue();
    }

    private IEnumerable<Call> Customers()
    {
        for (var i = 0; i < CustomersOfABatch; i++)
        {
            var customer = $"u{++_customers}";
            yield return Call.Track(customer, "Chat Started");
            yield return Call.Order(customer, $"{customer}-1", 10 + _customers);
        }
    }
}
