using System.Diagnostics;
using Grid.Grains;
using Grid.Grains.Audits;
using Grid.Grains.Clocks;
using Grid.Grains.Log;
using Grid.Ingest;
using Grid.Ingest.Imports;
using Grid.Ledger;
using Grid.Model.Time;
using Grid.Server.Commands;
using Grid.Server.Configuration;
using Grid.Server.Hosting;
using Grid.Server.Silos;
using Spectre.Console;

namespace Grid.Server.Replay;

/// <summary>A whole replay, with a progress bar, and a dump and an audit at the end.</summary>
internal static class ReplayRun
{
    public static async Task<int> Run(GridOptions options, ReplayRequest request, CancellationToken cancellation)
    {
        GridOptionsValidator.Check(options);
        LedgerCurrency.Adopt(options);
        var start = await FirstInstant(options, request.Files, cancellation);
        var simulated = new SimulatedClock(start.ToDateTimeOffset());
        var clock = new GridClock(simulated, request.Speed ?? 1) { IsReplayed = true };
        await using var app = GridServer.Build(options, clock, GridPace.ByDriver, builder =>
        {
            builder.Services.AddReplay(simulated);
            if (!request.Serve) builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        });
        var recorded = await MoveToRules(app, simulated, cancellation);
        await app.StartAsync(cancellation);
        if (request.Serve) Console.WriteLine($"Watch at {app.Urls.First()}");
        var driver = app.Services.GetRequiredService<ReplayDriver>();
        var steps = app.Services.GetRequiredService<ReplaySteps>();
        if (recorded > start) driver.Continue(recorded);

        await ProgressConsole.Create().Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(progress => Feed(app, steps, simulated, start, request, progress, cancellation));
        await driver.Settle(request.End ?? steps.Last, cancellation);
        if (request.Log is not null) await app.Services.GetRequiredService<LogFile>().Write(request.Log, cancellation);
        if (request.Dump is not null) await app.Services.GetRequiredService<Dump>().Write(request.Dump, cancellation);
        var audit = await app.Services.GetRequiredService<Auditor>().Audit(cancellation);
        Report(steps, audit, clock);
        if (request.Serve) await app.WaitForShutdownAsync(cancellation);
        else await app.StopAsync(cancellation);
        return audit.IsRight ? 0 : 1;
    }

    internal static void AddReplay(this IServiceCollection services, SimulatedClock simulated) =>
        services.AddSingleton(simulated).AddSingleton<ReplayDriver>().AddSingleton<ReplaySteps>().AddSingleton<Dump>().AddSingleton<LogFile>();

    /// <summary>Moves the clock to the rules in force of a ledger that holds a part of the replay already.</summary>
    /// <returns>The last instant in its log.</returns>
    private static async Task<Instant> MoveToRules(WebApplication app, SimulatedClock clock, CancellationToken cancellation)
    {
        await app.Services.GetRequiredService<LedgerOpening>().Open(cancellation);
        var stored = await StoredStates.Read(app.Services.GetRequiredService<IStateDatabase>(), cancellation);
        if (LastInstant.OfRules(stored.Rulebooks, stored.Baseline) is var rules && rules > Instant.Beginning) clock.AdvanceTo(rules.ToDateTimeOffset());
        return await LastInstant.OfTransitions(app.Services.GetRequiredService<ILedger>(), cancellation);
    }

    private static async Task Feed(
        WebApplication app,
        ReplaySteps steps,
        SimulatedClock clock,
        Instant start,
        ReplayRequest request,
        ProgressContext progress,
        CancellationToken cancellation)
    {
        var reader = ReaderOf(app.Services.GetRequiredService<IngestOptions>());
        var pace = new ReplayPace(start, request.Speed);
        foreach (var path in request.Files)
        {
            using var file = new ReplayFile(path);
            var bar = progress.AddTask(Path.GetFileName(path), maxValue: Math.Max(1, file.Length));
            var began = Stopwatch.GetTimestamp();
            long lines = 0;
            await foreach (var line in file.Lines(reader, cancellation))
            {
                if (request.End is { } end && line.Fact?.At > end) continue;
                if (line.Fact is { } fact) await pace.WaitFor(fact.At, steps, cancellation);
                await steps.Take(path, line, cancellation);
                if (++lines % 1_000 != 0) continue;
                bar.Value = file.BytesRead;
                bar.Description = $"{Path.GetFileName(path)} {clock.GetUtcNow():yyyy-MM-dd} {lines / Stopwatch.GetElapsedTime(began).TotalSeconds:N0}/s";
            }

            await steps.Flush(cancellation);
            bar.Value = bar.MaxValue;
        }
    }

    /// <summary>The start of the grid's time: the first event of the files, each of which is ordered by time.</summary>
    private static async Task<Instant> FirstInstant(GridOptions options, IReadOnlyList<string> files, CancellationToken cancellation)
    {
        var ingest = IngestSettings.From(options);
        var first = Instant.Never;
        foreach (var path in files)
        {
            using var file = new ReplayFile(path);
            await foreach (var line in file.Lines(ReaderOf(ingest), cancellation))
            {
                if (line.Fact is not { } fact) continue;
                first = Instant.Min(first, fact.At);
                break;
            }
        }

        return first.IsNever ? throw new ConfigurationException("The files hold no event.") : first;
    }

    internal static ImportFile ReaderOf(IngestOptions options) => new(options.Mapping, options.Currency, options.Placeholders);

    private static void Report(ReplaySteps steps, AuditReport audit, GridClock clock)
    {
        Console.WriteLine($"{steps.Accepted} events accepted, {steps.Duplicates} duplicates, {steps.Rejected} rejected, as of {clock.Now}");
        foreach (var reason in steps.Reasons) Console.WriteLine($"  rejected {reason}");
        var found = $"difference {audit.Difference}, wrong layers {audit.WrongLayers}, pending {audit.Pending}";
        Console.WriteLine($"audit: {audit.Customers} customers, {found}");
    }
}
