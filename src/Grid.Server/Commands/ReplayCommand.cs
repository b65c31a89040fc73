using System.CommandLine;
using Grid.Server.Configuration;
using Grid.Server.Hosting;
using Grid.Server.Replay;

namespace Grid.Server.Commands;

/// <summary><c>replay</c>: recorded events, on a clock that follows their own time.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var command = new Command("replay", "Replay recorded events; the clock follows their time and deadlines fire between them.");
        var arguments = new GridArguments();
        arguments.AddTo(command);
        var files = new Argument<string[]>("FILE") { Description = "csv or NDJSON of Segment calls, also gzipped.", Arity = ArgumentArity.OneOrMore };
        var until = new Option<string?>("--until") { Description = "Stop at this instant, or at the end of this day (UTC)." };
        var speed = new Option<double?>("--speed") { Description = "Grid seconds per real second (default: as fast as it goes)." };
        var serve = new Option<bool>("--serve") { Description = "Serve the page meanwhile, and go on serving afterwards." };
        var dump = new Option<string?>("--dump") { Description = "Write the layers of every customer at the end to this csv file." };
        var log = new Option<string?>("--log") { Description = "Write every transition at the end to this csv file, in the order of their instants." };
        command.Add(files);
        foreach (var option in new Option[] { until, speed, serve, dump, log }) command.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = arguments.Read(
                parsed, new GridOptions { Data = Path.Combine("data", "replay"), BaselineInterval = TimeSpan.FromDays(1) });
            if (!parsed.GetValue(serve)) options.Listen = "http://127.0.0.1:0";
            var request = new ReplayRequest(
                parsed.GetValue(files)!,
                ReplayRequest.Until(parsed.GetValue(until)),
                parsed.GetValue(speed),
                parsed.GetValue(serve),
                parsed.GetValue(dump),
                parsed.GetValue(log));
            if (request.Fault() is { } error) throw new ConfigurationException(error);
            return await ReplayRun.Run(options, request, cancellation);
        });
        return command;
    }
}
