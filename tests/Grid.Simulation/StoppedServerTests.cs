using Grid.Grains.Clocks;
using Grid.Model.Time;
using Grid.Simulation.Auditing;
using Grid.Simulation.Workloads;
using Grid.Testing;
using Shouldly;
using Xunit;

namespace Grid.Simulation;

/// <summary>The server stopped over a deadline and started again on the same file.</summary>
public sealed class StoppedServerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task CarriesTheRulesInstantOverItsDowntime()
    {
        using var data = new DataFolder();
        var clock = new SimulatedClock(Noon);
        var quiet = Noon.AddMilliseconds(-1_234_567);
        var recent = Noon.AddDays(-80);
        await using (var before = await SimulatedGrid.Start(data.Path, clock))
        {
            await before.Send(
                new Ordered("order", "quiet", quiet, "order-1", 100_00),
                new Ordered("old order", "talking", recent, "order-2", 100_00),
                new Interacted("comment", "talking", Noon.AddMinutes(-20), "Comment Added"));
            (await before.Transitions("lifecycle", "quiet")).Select(passed => passed.To).ShouldBe(["new"]);
        }

        clock.Advance(TimeSpan.FromDays(100));
        await using var after = await SimulatedGrid.Start(data.Path, clock);

        var lapse = await after.TransitionTo("lost", "lifecycle", "quiet");
        lapse.From.ShouldBe("new");
        lapse.Cause.Kind.ShouldBe("time");
        lapse.EffectiveAt.ShouldBe(Written(quiet.AddDays(90)));
        lapse.RecordedAt.ShouldBe(Written(Noon.AddDays(100)));

        // The orders lapsed after 10 days of the downtime, and activity, which is kept by the quarter of an hour, after 30.
        var talking = await after.TransitionTo("lost", "lifecycle", "talking");
        talking.EffectiveAt.ShouldBe(Written(Noon.AddMinutes(-30).AddDays(30)));
        var report = await new ServerAudit(after.Http).Recounts();
        report.Pending.ShouldBe(0);
        report.Customers.ShouldBe(2);
    }

    [Fact]
    public async Task WorksOffMissedDeadlinesInTheirOrder()
    {
        using var data = new DataFolder();
        var clock = new SimulatedClock(Noon);
        await using (var before = await SimulatedGrid.Start(data.Path, clock))
            await before.Send([.. Enumerable.Range(1, 20).Select(day =>
                (Message)new Ordered($"m{day}", $"customer-{day % 7}", Noon.AddDays(-day), $"order-{day}", 10_00 * day))]);

        clock.Advance(TimeSpan.FromDays(400));
        await using var after = await SimulatedGrid.Start(data.Path, clock);

        for (var customer = 0; customer < 7; customer++)
        {
            var name = $"customer-{customer}";
            var latest = Noon.AddDays(customer == 0 ? -7 : -customer);
            (await after.TransitionTo("lost", "lifecycle", name)).EffectiveAt.ShouldBe(Written(latest.AddDays(90)));
            foreach (var scheme in new[] { "lifecycle", "rfm8-bands", "engagement" })
            {
                var instants = (await after.Transitions(scheme, name)).Select(passed => passed.EffectiveAt).ToList();
                instants.ShouldBe(instants.Order(StringComparer.Ordinal).ToList(), $"{scheme} of {name}");
            }
        }

        (await new ServerAudit(after.Http).Recounts()).Pending.ShouldBe(0);
    }

    internal static string Written(DateTimeOffset at) => Instant.From(at).ToString();
}
