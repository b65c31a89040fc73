using System.CommandLine;
using Grid.Grains;
using Grid.Grains.Clocks;
using Grid.Server.Configuration;
using Grid.Server.Hosting;
using Grid.Shop;

namespace Grid.Server.Commands;

/// <summary><c>demo</c>: a simulated shop sends its events over HTTP to the server, on a clock that runs fast.</summary>
internal static class DemoCommand
{
    private const double SecondsPerDayDefault = 3;

    public static Command Create()
    {
        var command = new Command("demo", "Watch a simulated shop live: its customers send events over HTTP, a day passes every few seconds.");
        var arguments = new GridArguments();
        arguments.AddTo(command);
        var day = new Option<double>("--day") { Description = "Real seconds per day.", DefaultValueFactory = _ => SecondsPerDayDefault };
        command.Add(day);
        command.SetAction(async (parsed, cancellation) =>
        {
            var seconds = parsed.GetValue(day);
            if (seconds is not (>= 0.5 and <= 86_400)) throw new ConfigurationException($"--day is {seconds}; it is from 0.5 to 86400 seconds");
            var options = arguments.Read(parsed, new GridOptions { Data = Path.Combine("data", "demo"), IsDemo = true });
            GridOptionsValidator.Check(options);
            if (options.Currency != ShopEventWriter.Currency)
                throw new ConfigurationException($"the shop of the demo sells in {ShopEventWriter.Currency}; leave --currency out");
            var progress = new DemoProgress(options.Data);
            var speed = TimeSpan.FromDays(1).TotalSeconds / seconds;
            var clock = new GridClock(new ScaledClock(progress.ClockAt, speed, TimeProvider.System), speed);
            await using var app = GridServer.Build(options, clock, GridPace.ByItself);
            await app.StartAsync(cancellation);
            Console.WriteLine($"The shop is open: {app.Urls.First()}  (a day passes every {seconds} s; Ctrl-C stops, and starting again goes on)");
            await progress.Run(app, clock, options, cancellation);
            await app.StopAsync(CancellationToken.None);
            return 0;
        });
        return command;
    }
}
