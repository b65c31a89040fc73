using Grid.Api;
using Grid.Grains;
using Grid.Grains.Customers;
using Grid.Grains.Log;
using Grid.Grains.Populations;
using Grid.Grains.Rules;
using Grid.Ingest;
using Grid.Ledger;
using Grid.Ledger.Memory;
using Grid.Model;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Rulebooks.Shipped;
using Grid.Server.Configuration;
using Grid.Server.Silos;
using Grid.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using static System.Text.Encoding;

namespace Grid.Tests;

/// <summary>A whole grid on the shipped schemes, in this process, listening on a port of its own.</summary>
internal sealed class GridApplication : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly KeptWarnings _log;
    private int _messages;

    private GridApplication(WebApplication app, KeptWarnings log) => (_app, _log) = (app, log);

    /// <summary>How long a test waits for something that must happen.</summary>
    public static TimeSpan Patience => GridWaits.Patience;

    public Uri Address => new(_app.Urls.Single());

    public HttpClient Http { get; private set; } = null!;

    public ILedger Ledger => Of<ILedger>();

    /// <summary>The warnings and errors logged so far.</summary>
    public IReadOnlyCollection<string> Warnings => _log.Warnings;

    public Instant Now => Of<GridClock>().Now;

    /// <param name="ledger">A ledger that outlives the application, so that another can continue on it; null: one of its own, in memory.</param>
    /// <param name="feeding">False: the segments are not fed.</param>
    /// <param name="time">The grid's own clock; null: the system's.</param>
    /// <param name="schemes">Null: the shipped ones.</param>
    /// <param name="waits">The clock of limits and intervals; null: the system's.</param>
    /// <param name="configure">Changes the settings of the server.</param>
    /// <param name="calls">Observes each call between grains; null: none.</param>
    public static async Task<GridApplication> Start(
        ILedger? ledger = null,
        bool feeding = true,
        TimeProvider? time = null,
        IReadOnlyList<SchemeSource>? schemes = null,
        TimeProvider? waits = null,
        Action<GridOptions>? configure = null,
        IOutgoingGrainCallFilter? calls = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var log = new KeptWarnings();
        builder.Logging.ClearProviders().AddProvider(log);
        ledger ??= new MemoryLedger();
        builder.Services.AddSingleton(ledger).AddSingleton((IStateRecords)ledger).AddSingleton((IStateDatabase)ledger);
        builder.Services.AddSingleton(waits ?? TimeProvider.System);
        builder.Services.AddSingleton(new GridClock(time ?? TimeProvider.System)).AddSingleton(Currency.Cny);
        builder.Services.AddGridActors().AddSingleton(typeof(GridPace), GridPace.ByDriver);
        builder.Services.AddSingleton(services => new LogReaderServices(
            ledger,
            services.GetRequiredService<IGrainFactory>(),
            services.GetRequiredService<CurrentRules>(),
            services.GetRequiredService<PartitionBalance>(),
            TimeProvider.System,
            services.GetRequiredService<ILoggerFactory>())
        { FeedsSegments = feeding });
        var options = new GridOptions();
        configure?.Invoke(options);
        builder.Services.AddSingleton(options).AddSingleton(_ => new LedgerOpening(ledger, options));
        builder.AddSilo(options);
        if (calls is not null) builder.Services.AddSingleton(calls);
        builder.Services.AddGridApi();
        builder.Services.AddIngest(new IngestOptions());
        var app = builder.Build();
        app.MapGridApi();
        app.MapIngest();
        app.MapGridHub();

        var grid = new GridApplication(app, log);
        await grid.Of<LedgerOpening>().Open(CancellationToken.None);
        await app.StartAsync();
        grid.Http = new HttpClient { BaseAddress = grid.Address };
        schemes ??= [.. ShippedSchemes.Files().Select(file => new SchemeSource(file.Name, UTF8.GetString(file.Yaml)))];
        (await grid.Of<GridStart>().Run(schemes, areNamed: true, CancellationToken.None)).ShouldBeEmpty();
        return grid;
    }

    public T Of<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Sends facts of one customer; they are durable when it returns.</summary>
    public async Task Record(string customer, params Fact[] facts)
    {
        var reply = await Of<IGrainFactory>().Customer(new CustomerId(customer)).Record(new FactBatch(facts));
        reply.Outcomes.ShouldAllBe(outcome => outcome.Kind == OutcomeKind.Accepted);
    }

    /// <summary>Sends an order at the present instant.</summary>
    public Task Order(string customer, long amount = 100_00)
    {
        var id = $"order {Interlocked.Increment(ref _messages)}";
        return Record(customer, new OrderPaid(Now, MessageKey.From(id), id, amount));
    }

    /// <summary>Sends a page view at the present instant: a first one creates a customer, a further one changes little.</summary>
    public Task Browse(string customer)
    {
        var id = $"browse {Interlocked.Increment(ref _messages)}";
        return Record(customer, new Browsed(Now, MessageKey.From(id), null, 1));
    }

    /// <summary>Publishes a baseline of the present population, and waits until it has moved all its customers.</summary>
    public Task PublishBaseline() => _app.Services.PublishBaseline(Now);

    /// <summary>The whole log.</summary>
    public async Task<IReadOnlyList<LoggedTransition>> Log()
    {
        var log = new List<LoggedTransition>();
        for (var position = LogPosition.Start; ;)
        {
            var page = await Ledger.Tail(position, 10_000, CancellationToken.None);
            if (page.Items.Count == 0) return log;
            log.AddRange(page.Items);
            position = page.Next;
        }
    }

    /// <summary>Customers per layer, folded from the log: the reference for every count.</summary>
    public static Dictionary<(string Scheme, string Layer), long> Fold(IEnumerable<LoggedTransition> log)
    {
        var counts = new Dictionary<(string Scheme, string Layer), long>();
        foreach (var (_, _, transition) in log)
        {
            if (transition.To is { } to) counts[(transition.Scheme, to)] = counts.GetValueOrDefault((transition.Scheme, to)) + 1;
            if (transition.From is { } from) counts[(transition.Scheme, from)]--;
        }

        return counts;
    }

    /// <summary>Waits until the segments have counted the whole log.</summary>
    public Task Counted() => _app.Services.Counted();

    /// <summary>Waits until every customer is under the rulebook in force.</summary>
    public Task Migrated() => _app.Services.Migrated();

    public Task<bool> IsMigrated() => _app.Services.IsMigrated();

    /// <summary>The status of the population after it has applied all commits.</summary>
    public Task<PopulationStatus> Reached() => _app.Services.Reached();

    public Task Forgotten(string customer) => _app.Services.Forgotten(new CustomerId(customer));

    /// <summary>Wakes every customer who is due now.</summary>
    public Task WakeDue() => _app.Services.WakeDue(Now);

    public Task Wake(IEnumerable<CustomerId> customers) => _app.Services.Wake(customers);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Http.Dispose();
    }
}
