using System.CommandLine;
using System.Data.Common;
using Grid.Ledger;
using Grid.Server.Commands;
using Grid.Server.Hosting;

var root = new RootCommand("Grid: every customer a grain, every second counted.");

// Without a command the server serves on the system's clock.
ServeCommand.Configure(root);
root.Add(ServeCommand.Create());
root.Add(DemoCommand.Create());
root.Add(ReplayCommand.Create());
root.Add(AuditCommand.Create());

try
{
    return await root.Parse(args).InvokeAsync(
        new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = GridServer.StopMax });
}
catch (Exception mistake) when (
    mistake is ConfigurationException or LedgerException or DbException or OrleansException or IOException or InvalidDataException)
{
    await Console.Error.WriteLineAsync(mistake.Message);
    return 2;
}
catch (OperationCanceledException)
{
    // The exit code that shells use for a program ended by Ctrl-C before its work was done.
    await Console.Error.WriteLineAsync("Stopped before the end.");
    return 130;
}
