using System.CommandLine;
using Grid.Grains;
using Grid.Grains.Audits;
using Grid.Ledger;
using Grid.Server.Configuration;
using Grid.Server.Hosting;
using Grid.Server.Silos;

namespace Grid.Server.Commands;

/// <summary>
/// <c>audit</c>: recounts a ledger, and exits with 1 when the counts differ. A running cluster on the database audits itself; without one, or for a
/// file, this process reads the ledger and changes no byte of it.
/// </summary>
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
            GridOptionsValidator.Check(options);
            if (options.Postgres is null && !File.Exists(Path.Combine(options.Data, GridLedger.File)))
                throw new ConfigurationException($"{options.Data} holds no ledger; name its folder with --data");
            if ((await AskCluster(options, cancellation) ?? await AuditHere(options, cancellation)) is not { } report)
            {
                Console.WriteLine("The ledger is empty: it has no rulebook and no customers.");
                return 0;
            }

            Print(report);
            return report.IsRight ? 0 : 1;
        });
        return command;
    }

    /// <returns>Null when no cluster is running.</returns>
    private static async Task<AuditReport?> AskCluster(GridOptions options, CancellationToken cancellation)
    {
        if (options.Postgres is null) return null;
        using var cluster = await ClusterClient.Connect(options, cancellation);
        if (cluster is null) return null;
        var report = await cluster.Services.GetRequiredService<IGrainFactory>().Audit().Run().WaitAsync(cancellation);
        await cluster.StopAsync(CancellationToken.None);
        return report;
    }

    private static async Task<AuditReport?> AuditHere(GridOptions options, CancellationToken cancellation)
    {
        try
        {
            await using var grid = await StoppedGrid.Open(options, cancellation);
            return await grid.Audit(cancellation);
        }
        catch (LedgerException failure) when (options.Postgres is null && failure.Kind == FailureKind.Temporary)
        {
            throw new ConfigurationException($"{failure.Message} While a server runs on it, send POST /v1/audit to that server instead.");
        }
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
        if (report.Damaged > 0)
        {
            Console.WriteLine($"customers whose stored row is damaged: {report.Damaged}; restore them from a backup");
            foreach (var example in report.DamagedExamples) Console.WriteLine($"  {example}");
        }

        if (report.Pending > 0) Console.WriteLine($"{report.Pending} customers will move when the grid runs: it stopped before it could move them");
    }
}
