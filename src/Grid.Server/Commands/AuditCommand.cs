using System.CommandLine;
using System.Text.Json;
using Grid.Grains;
using Grid.Grains.Audits;
using Grid.Server.Hosting;

namespace Grid.Server.Commands;

/// <summary><c>audit</c>: recounts a ledger that no server has open, and exits with 1 when anything differs.</summary>
internal static class AuditCommand
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create()
    {
        var command = new Command("audit", "Recount every layer from the customers' rows and compare it with the live counts.");
        var arguments = new GridArguments();
        arguments.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = arguments.Read(parsed);
            options.Listen = "http://127.0.0.1:0";
            await using var app = GridServer.Build(options, new GridClock(TimeProvider.System), GridPace.ByDriver, builder => builder.Logging.ClearProviders());
            await app.StartAsync(cancellation);
            var report = await app.Services.GetRequiredService<Auditor>().Audit(cancellation);
            Console.WriteLine(JsonSerializer.Serialize(report, Indented));
            await app.StopAsync(cancellation);
            return report.Difference == 0 && report.WrongLayers == 0 ? 0 : 1;
        });
        return command;
    }
}
