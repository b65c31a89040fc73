using Grid.Api.Customers;
using Grid.Grains;
using Grid.Grains.Audits;
using Grid.Grains.Clocks;
using Grid.Grains.Customers;
using Grid.Grains.Rules;
using Grid.Ledger;
using Grid.Model;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Model.Transitions;
using Grid.Server.Configuration;
using Grid.Server.Hosting;
using Grid.Testing.Servers;
using Grid.Tests.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Grid.Tests.Replay;

/// <summary>A server that restarts with other scheme files.</summary>
public sealed class RepublishedRulesTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("grid-rules-").FullName;
    private readonly SimulatedClock _clock = new(Start);

    private string Schemes => Directory.CreateDirectory(Path.Combine(_folder, "schemes")).FullName;

    [Fact]
    public async Task MovesEveryCustomerAndItsCountsToTheNewRulebook()
    {
        Write("buyers", ("many", "orders >= 3"));
        await using (var app = await Open())
        {
            for (var customer = 0; customer < 50; customer++) await Buy(app, $"c{customer}", orders: customer % 4);
        }

        _clock.Advance(TimeSpan.FromDays(1));
        Write("buyers", ("many", "orders >= 2"));
        Write("spenders", ("many", "spend >= 250"));
        await using var again = await Open();
        await again.Services.Migrated();

        var audit = await again.Services.GetRequiredService<Auditor>().Audit(TestContext.Current.CancellationToken);
        (audit.Customers, audit.Difference, audit.WrongLayers, audit.Pending).ShouldBe((37, 0, 0, 0));
        var log = await again.Services.GetRequiredService<ILedger>().Tail(LogPosition.Start, 1_000, TestContext.Current.CancellationToken);
        var moved = log.Items.Select(item => item.Transition).Where(transition => transition.Cause.Kind == CauseKind.Rulebook).ToList();
        moved.Count(transition => transition is { Scheme: "buyers", From: "rest", To: "many" }).ShouldBe(12);
        moved.Count(transition => transition is { Scheme: "spenders", From: null }).ShouldBe(37);
        moved.ShouldAllBe(transition => transition.Cause.Number == 2 && transition.EffectiveAt == Instant.From(_clock.GetUtcNow()));
    }

    [Fact]
    public async Task StaysAsItWasWhenTheFilesAreTheSame()
    {
        Write("buyers", ("many", "orders >= 3"));
        await using (var app = await Open())
        {
            await Buy(app, "c1", orders: 3);
        }

        await using var again = await Open();
        var view = (await again.Services.GetRequiredService<CustomerReader>().Read(new CustomerId("c1")))?.View(Currency.Cny);

        view.ShouldNotBeNull();
        view.Version.ShouldBe(3);
        view.Layers.Single().Layer.ShouldBe("many");
    }

    [Fact]
    public async Task DecidesWhatWasDueBeforeUnderTheRulesOfThen()
    {
        Write("buyers", ("many", "orders(10d) >= 1"));
        await using (var app = await Open())
        {
            await Buy(app, "c1", orders: 1);
        }

        _clock.Advance(TimeSpan.FromDays(20));
        Write("buyers", ("many", "topPercent(spend) <= 50%"));
        Write("spenders", ("many", "topPercent(orders) <= 10%"));
        await using var again = await Open();
        await again.Services.Migrated();

        var log = await again.Services.GetRequiredService<ILedger>().Tail(LogPosition.Start, 1_000, TestContext.Current.CancellationToken);
        log.Items.Select(item => item.Transition).Where(transition => transition.Scheme == "buyers")
            .Select(transition => (transition.To, transition.EffectiveAt, transition.Cause.ToString())).ShouldBe(
            [
                ("many", Instant.From(Start), "event"),
                ("rest", Instant.From(Start.AddDays(10)), "time"),
                ("many", Instant.From(Start.AddDays(20)), "rulebook #2"),
            ]);
    }

    [Fact]
    public async Task ReadOtherwiseByAnotherVersionAreARulebookOfTheirOwn()
    {
        Write("buyers", ("many", "topPercent(spend) <= 50%"));
        await using (var app = await Open())
        {
            await Buy(app, "c1", orders: 1);
            var states = app.Services.GetRequiredService<IStateDatabase>();
            var text = (await states.StoredState("rulebook", "grid")).ShouldNotBeNull();
            var from = text.IndexOf('[', text.IndexOf("measures", StringComparison.OrdinalIgnoreCase)) + 1;
            var older = text.Remove(from, text.IndexOf(']', from) - from);
            older.ShouldNotBe(text);
            await states.ReplaceState("rulebook", "grid", older);
        }

        await using var again = await Open();
        await again.Services.Migrated();

        again.Services.GetRequiredService<CurrentRules>().Value.Rulebook.Number.ShouldBe(2);
        (await again.Services.Reached()).ByRulebook.ShouldBe(new Dictionary<int, int> { [2] = 1 });
        var audit = await again.Services.GetRequiredService<Auditor>().Audit(TestContext.Current.CancellationToken);
        (audit.Difference, audit.WrongLayers, audit.Pending).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task KeepsWhatCameThroughTheApiWhenTheFilesAreTheSame()
    {
        Write("buyers", ("many", "orders >= 3"));
        await using (var app = await Open())
        {
            await Buy(app, "c1", orders: 2);
            var files = SchemeFiles.Read(Schemes);
            var changed = files[0] with { Yaml = files[0].Yaml.Replace("orders >= 3", "topPercent(spend) <= 50%", StringComparison.Ordinal) };
            var reply = await app.Services.GetRequiredService<RulebookPublisher>()
                .Publish(new Publication([changed], "ann", null, PublicationOrigin.Api), TestContext.Current.CancellationToken);
            reply.Number.ShouldBe(2);
        }

        await using var again = await Open();
        await again.Services.Migrated();
        var view = (await again.Services.GetRequiredService<CustomerReader>().Read(new CustomerId("c1")))?.View(Currency.Cny);

        again.Services.GetRequiredService<CurrentRules>().Value.Rulebook.Number.ShouldBe(2);
        view.ShouldNotBeNull().Layers.Single().Layer.ShouldBe("many");
        var audit = await again.Services.GetRequiredService<Auditor>().Audit(TestContext.Current.CancellationToken);
        (audit.Difference, audit.WrongLayers, audit.Pending).ShouldBe((0, 0, 0));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<RunningServer> Open() => RunningServer.Start(
        new GridOptions { Data = Path.Combine(_folder, "data"), Schemes = Schemes }, _clock, GridPace.ByDriver);

    private async Task Buy(RunningServer app, string customer, int orders)
    {
        for (var order = 0; order < orders; order++)
        {
            var fact = new OrderPaid(Instant.From(_clock.GetUtcNow()), MessageKey.From($"{customer} {order}"), $"{customer}-{order}", 10_000);
            await app.Services.GetRequiredService<IGrainFactory>().Customer(new CustomerId(customer)).Record(new FactBatch([fact]));
        }
    }

    private void Write(string id, (string Layer, string When) rule) => File.WriteAllText(Path.Combine(Schemes, $"{id}.yaml"),
        $$"""
        id: {{id}}
        name: { zh: {{id}}, en: {{id}} }
        description: { zh: {{id}}, en: {{id}} }
        layers:
          - { id: rest, name: { zh: rest, en: rest }, playbook: { zh: rest, en: rest } }
          - { id: {{rule.Layer}}, name: { zh: {{rule.Layer}}, en: {{rule.Layer}} }, playbook: { zh: {{rule.Layer}}, en: {{rule.Layer}} } }
        rules:
          - { layer: {{rule.Layer}}, when: {{rule.When}} }
          - { layer: rest }
        """);
}
