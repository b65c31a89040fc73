using System.CommandLine;
using Grid.Grains;
using Grid.Server.Configuration;
using Grid.Server.Hosting;
using Grid.Server.Silos;

namespace Grid.Server.Commands;

/// <summary><c>serve</c>: takes events and serves the API on the system's clock until the process is stopped.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Take events and answer questions, on the system's clock (default).");
        Configure(command);
        return command;
    }

    public static void Configure(Command command)
    {
        var arguments = new GridArguments();
        arguments.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = arguments.Read(parsed);
            await using var app = await RepeatedStart.Run(
                () => GridServer.Build(options, new GridClock(TimeProvider.System), GridPace.ByItself),
                awaitsLedger: options.Postgres is not null,
                TimeProvider.System,
                cancellation);
            await app.WaitForShutdownAsync(cancellation);
            return 0;
        });
    }
}
