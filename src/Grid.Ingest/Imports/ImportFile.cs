using System.Diagnostics;
using System.Runtime.CompilerServices;
using Grid.Ingest.Calls;
using Grid.Ingest.Mapping;
using Grid.Ingest.Values;
using Grid.Model;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Rejections;
using Grid.Model.Time;

namespace Grid.Ingest.Imports;

public enum ImportFormat
{
    /// <summary>A call of the Segment spec on each line.</summary>
    Calls,

    /// <summary>Csv of orders.</summary>
    Orders,
}

/// <summary>One fact of a line of a file, or the reason why the line gave none. A call that brings traits along gives two facts.</summary>
public readonly record struct ImportedLine(long Line, CustomerId Customer, Fact? Fact, Reason? Reason, string? Place);

/// <summary>Parses files of events without delivering them, for callers that control the recording time of each event.</summary>
public sealed class ImportFile(EventMapping mapping, Currency currency, PlaceholderIds placeholders)
{
    private readonly CallParser _parser = new(mapping, currency, Stopwatch.GetTimestamp(), correctsClocks: false, placeholders);

    /// <summary>The lines in their order, in bounded memory.</summary>
    /// <param name="stream">The inflated file.</param>
    /// <param name="format">The format of the lines.</param>
    /// <param name="now">The default for a missing timestamp; events more than a day after it are rejected.</param>
    /// <exception cref="ImportException">The file cannot be read any further.</exception>
    public async IAsyncEnumerable<ImportedLine> Read(
        Stream stream, ImportFormat format, Func<Instant> now, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var chunk in Chunks(stream, format, null, now, cancellation))
        {
            for (var index = 0; index < chunk.Lines.Count; index++)
            {
                var item = chunk.Batch.Items[index];
                yield return new ImportedLine(
                    chunk.Lines[index], new CustomerId(item.Customer ?? ""), item.Fact, item.Outcome.Reason, item.Place);
                if (item.Traits is not null) yield return new ImportedLine(chunk.Lines[index], new CustomerId(item.Customer!), item.Traits, null, null);
            }
        }
    }

    /// <param name="clock">The clock of csv times without a zone; null: that of UTC.</param>
    internal IAsyncEnumerable<ImportChunk> Chunks(
        Stream stream, ImportFormat format, WallClock? clock, Func<Instant> now, CancellationToken cancellation) =>
        format == ImportFormat.Calls
            ? CallLines.Read(stream, _parser, now, cancellation)
            : OrderRows.Read(stream, currency, clock, placeholders, now, cancellation);
}
