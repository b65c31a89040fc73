using Spectre.Console;

namespace Grid.Server.Commands;

/// <summary>
/// Where progress is shown: on a terminal, and nowhere when the output goes to a file or a pipe, so that these hold plain lines only. Spectre leaves out
/// colours where NO_COLOR is set.
/// </summary>
internal static class ProgressConsole
{
    public static IAnsiConsole Create() => Console.IsOutputRedirected
        ? AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(TextWriter.Null),
        })
        : AnsiConsole.Console;
}
