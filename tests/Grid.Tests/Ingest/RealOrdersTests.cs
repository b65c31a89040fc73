using System.IO.Compression;
using Grid.Ingest.Calls;
using Grid.Ingest.Imports;
using Grid.Ingest.Mapping;
using Grid.Model;
using Grid.Model.Facts;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ingest;

/// <summary>Real transactions, which are not in this repository, read as an import reads them.</summary>
public sealed class RealOrdersTests
{
    [Theory]
    [InlineData("cdnow_master", 69_659, 23_570)]
    [InlineData("cdnow_sample", 6_919, 2_357)]
    [InlineData("rfm_data_orders", 4_906, 995)]
    public async Task AreReadToTheLastRow(string set, int orders, int customers)
    {
        var path = Path.Combine(Folder(), set + ".csv.gz");
        await using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var count = 0;
        var file = new ImportFile(EventMapping.Shipped, Currency.Cny, PlaceholderIds.None);
        await foreach (var line in file.Read(stream, ImportFormat.Orders, () => SomeCalls.ReceivedAt))
        {
            line.Reason.ShouldBeNull();
            line.Fact.ShouldBeOfType<OrderPaid>();
            line.Line.ShouldBe(++count + 1);
            seen.Add(line.Customer.Value);
        }

        (count, seen.Count).ShouldBe((orders, customers));
    }

    private static string Folder()
    {
        if (Environment.GetEnvironmentVariable("GRID_DATA") is { Length: > 0 } folder) return folder;
        for (var parent = new DirectoryInfo(AppContext.BaseDirectory); parent is not null; parent = parent.Parent)
        {
            var candidate = Path.Combine(parent.FullName, "shared", "data");
            if (Directory.Exists(candidate)) return candidate;
        }

        Assert.Skip("the real transactions are not here; GRID_DATA names their folder");
        return "";
    }
}
