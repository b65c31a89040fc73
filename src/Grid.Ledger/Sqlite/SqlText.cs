using System.Collections.Concurrent;
using System.Globalization;

namespace Grid.Ledger.Sqlite;

/// <summary>The .sql files of this folder, which are resources of the assembly.</summary>
internal static class SqlText
{
    private const string MigrationPrefix = "migrations/";
    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);

    public static string Of(string name) => Known.GetOrAdd(name, static key => Read($"sql/{key}"));

    /// <summary>The migrations by number, 1 first.</summary>
    public static IReadOnlyList<(int Number, string Sql)> Migrations() =>
        [.. typeof(SqlText).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(MigrationPrefix, StringComparison.Ordinal))
            .Select(name => (int.Parse(name.AsSpan(MigrationPrefix.Length, 4), CultureInfo.InvariantCulture), Read(name)))
            .OrderBy(migration => migration.Item1)];

    private static string Read(string resource)
    {
        using var stream = typeof(SqlText).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"There is no statement '{resource}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
