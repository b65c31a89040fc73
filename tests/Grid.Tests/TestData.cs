using System.IO.Compression;
using Xunit;

namespace Grid.Tests;

/// <summary>
/// The real transactions for the tests, if present: in the folder named by <c>GRID_DATA</c>, else in <c>shared/data</c> beside this repository or
/// above it.
/// </summary>
internal static class TestData
{
    public static string? Folder { get; } = Find();

    /// <summary>The path of one file; skips the test when the data is missing.</summary>
    public static string Require(params ReadOnlySpan<string> path)
    {
        var full = Folder is null ? null : Path.Combine([Folder, .. path]);
        if (full is null || !File.Exists(full))
            Assert.Skip($"{string.Join('/', path.ToArray())} is not here; GRID_DATA names the folder of the test data");
        return full;
    }

    /// <summary>The rows of a gzip csv without quoted fields, its heading left out.</summary>
    public static IEnumerable<string[]> Rows(string path)
    {
        using var file = File.OpenRead(path);
        using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);
        reader.ReadLine();
        while (reader.ReadLine() is { } line) yield return line.Split(',');
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("GRID_DATA") is { Length: > 0 } named) return named;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var data = Path.Combine(folder.FullName, "shared", "data");
            if (File.Exists(Path.Combine(data, "README.md"))) return data;
        }

        return null;
    }
}
