namespace Grid.Testing.Servers;

/// <summary>The server that was built with the tests: its output lies beside theirs.</summary>
internal static class BuiltServer
{
    /// <summary>The configuration in the names of the output folders.</summary>
    public static string Configuration { get; } = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    /// <summary>Compiled to machine code by CompiledServer.targets, where the build could do that.</summary>
    public static string Assembly { get; } = Find();

    private static string Find()
    {
        var folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Grid.Server", Configuration));
        var (built, compiled) = (Path.Combine(folder, "Grid.Server.dll"), Path.Combine(folder, "compiled", "Grid.Server.dll"));
        return File.GetLastWriteTimeUtc(compiled) >= File.GetLastWriteTimeUtc(built) ? compiled : built;
    }
}
