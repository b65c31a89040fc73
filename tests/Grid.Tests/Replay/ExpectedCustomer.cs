using System.Globalization;

namespace Grid.Tests.Replay;

/// <summary>A row of an expected file: one scored customer at one instant in one window.</summary>
internal sealed record ExpectedCustomer(
    string AsOf, string Window, string Id, int RecencyDays, long Frequency, long Monetary, string Rank, string Fixed, string RankClass, string FixedClass)
{
    /// <summary>Scores as other tools give them, by the mode of a scheme that gives the same.</summary>
    public required IReadOnlyDictionary<string, string> Tools { get; init; }

    public static Dictionary<(string AsOf, string Window), Dictionary<string, ExpectedCustomer>> Read(string path) =>
        TestData.Rows(path).Select(Parse).GroupBy(row => (row.AsOf, row.Window)).ToDictionary(rows => rows.Key, rows => rows.ToDictionary(row => row.Id));

    private static ExpectedCustomer Parse(string[] row) => new(
        row[0], row[1], row[2], int.Parse(row[3], CultureInfo.InvariantCulture), long.Parse(row[4], CultureInfo.InvariantCulture),
        long.Parse(row[5], CultureInfo.InvariantCulture), row[12], row[14], row[15], row[16])
    {
        Tools = new Dictionary<string, string> { ["rfm-r"] = row[8], ["rfm-r-cents"] = row[9], ["qcut"] = row[10], ["ntile"] = row[11] },
    };
}
