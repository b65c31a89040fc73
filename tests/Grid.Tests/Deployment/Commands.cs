using System.CommandLine;
using Grid.Server.Commands;

namespace Grid.Tests.Deployment;

/// <summary>The server's command line, parsed without running anything.</summary>
internal static class Commands
{
    /// <summary>The errors in the arguments after the program's name.</summary>
    public static IReadOnlyList<string> Faults(params string[] words)
    {
        // Composed as the program does.
        var root = new RootCommand();
        ServeCommand.Configure(root);
        foreach (var command in new[] { ServeCommand.Create(), DemoCommand.Create(), ReplayCommand.Create(), AuditCommand.Create() }) root.Add(command);
        return [.. root.Parse(words).Errors.Select(error => error.Message)];
    }
}
