using System.Collections.Concurrent;
using System.Globalization;

namespace Grid.Ledger;

/// <summary>The .sql files of a store, embedded in the assembly: one per operation, and the migrations.</summary>
internal sealed class SqlFiles(string store)
{
    public static readonly SqlFiles Sqlite = new("sqlite");
    public static readonly SqlFiles Postgres = new("postgres");
    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);

    public string Of(string name) => _known.GetOrAdd(name, key => Read($"{store}/sql/{key}"));

    /// <summary>The migrations by number, 1 first.</summary>
    public IReadOnlyList<(int Number, string Sql)> Migrations()
    {
        var prefix = $"{store}/migrations/";
        return
        [
            .. typeof(SqlFiles).Assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
                .Select(name => (int.Parse(name.AsSpan(prefix.Length, 4), CultureInfo.InvariantCulture), Read(name)))
                .OrderBy(migration => migration.Item1),
        ];
    }

    private static string Read(string resource)
    {
        using var stream = typeof(SqlFiles).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"There is no statement '{resource}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
