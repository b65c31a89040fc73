using System.CommandLine;
using Grid.Grains;
using Grid.Grains.Audits;
using Grid.Server.Hosting;
using Grid.Server.Options;

namespace Grid.Server.Commands;

/// <summary><c>audit</c>: recounts a ledger that no server has open, and exits with 1 when anything differs.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var command = new Command("audit", "Recount every layer from the customers' rows and compare it with the live counts.");
        var arguments = new GridArguments();
        arguments.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = arguments.Read(parsed);
            if (options.Postgres is null && !File.Exists(Path.Combine(options.Data, GridLedger.File)))
                throw new ConfigurationException($"{options.Data} holds no ledger; name its folder with --data");
            options.Listen = "http://127.0.0.1:0";
            options.Reads = LedgerReads.AsItIs;
            await using var app = GridServer.Build(options, new GridClock(TimeProvider.System), GridPace.ByDriver, builder => builder.Logging.ClearProviders());
            await app.StartAsync(cancellation);
            var report = await app.Services.GetRequiredService<Auditor>().Audit(cancellation);
            Print(report);
            await app.StopAsync(cancellation);
            return report.Difference == 0 && report.WrongLayers == 0 ? 0 : 1;
        });
        return command;
    }

    private static void Print(AuditReport report)
    {
        Console.WriteLine($"{report.Customers} customers at position {report.Position}, as of {report.AsOf}");
        Console.WriteLine($"difference between counts and recount: {report.Difference}");
        foreach (var scheme in report.Schemes)
            foreach (var layer in scheme.Differences)
                Console.WriteLine($"  {scheme.Scheme} {layer.Layer}: counted {layer.Counted}, recounted {layer.Recounted}");
        Console.WriteLine($"customers in a wrong layer: {report.WrongLayers}");
        foreach (var example in report.Examples) Console.WriteLine($"  {example}");
        if (report.Pending > 0) Console.WriteLine($"{report.Pending} customers will move when the grid runs: time has passed since it last did");
    }
}
