using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Grid.Ingest.Calls;
using Grid.Model.Time;

namespace Grid.Ingest.Imports;

/// <summary>Reads NDJSON of Segment calls: one call per line, in bounded memory for a file or a line of any length.</summary>
internal static class CallLines
{
    public static async IAsyncEnumerable<ImportChunk> Read(
        Stream stream, CallParser parser, Func<Instant> now, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        var lines = new LineNumber();
        var chunk = new ImportChunk(now());
        while (true)
        {
            var read = await pipe.ReadAsync(cancellation);
            var rest = read.Buffer;
            while (TakeLines(ref rest, parser, chunk, ref lines))
            {
                yield return chunk;
                chunk = new ImportChunk(now());
            }

            if (read.IsCompleted)
            {
                TakeLast(rest, parser, chunk, ref lines);
                break;
            }

            rest = PassOver(rest, parser, chunk, ref lines);
            pipe.AdvanceTo(rest.Start, rest.End);
        }

        await pipe.CompleteAsync();
        if (chunk.Lines.Count > 0) yield return chunk;
    }

    /// <summary>Reads whole lines until the buffer has no more or the chunk is full; true when the chunk is full.</summary>
    private static bool TakeLines(ref ReadOnlySequence<byte> rest, CallParser parser, ImportChunk chunk, ref LineNumber lines)
    {
        while (!chunk.IsFull)
        {
            if (rest.PositionOf((byte)'\n') is not { } end) return false;
            lines.Number++;
            if (!lines.IsPassedOver) Take(rest.Slice(0, end), parser, chunk, lines.Number);
            lines.IsPassedOver = false;
            rest = rest.Slice(rest.GetPosition(1, end));
        }

        return true;
    }

    private static void TakeLast(ReadOnlySequence<byte> rest, CallParser parser, ImportChunk chunk, ref LineNumber lines)
    {
        if (rest.Length > 0 && !lines.IsPassedOver) Take(rest, parser, chunk, lines.Number + 1);
    }

    /// <summary>Rejects a line that is too long at once, and skips the rest of it.</summary>
    private static ReadOnlySequence<byte> PassOver(
        ReadOnlySequence<byte> rest, CallParser parser, ImportChunk chunk, ref LineNumber lines)
    {
        if (!lines.IsPassedOver)
        {
            if (rest.Length <= IngestLimits.CallBytesMax) return rest;
            Take(rest, parser, chunk, lines.Number + 1);
            lines.IsPassedOver = true;
        }

        return rest.Slice(rest.End);
    }

    private static void Take(ReadOnlySequence<byte> line, CallParser parser, ImportChunk chunk, long number)
    {
        if (line.IsSingleSegment)
        {
            chunk.AddCall(parser, line.FirstSpan, number);
            return;
        }

        var copy = ArrayPool<byte>.Shared.Rent((int)line.Length);
        line.CopyTo(copy);
        chunk.AddCall(parser, copy.AsSpan(0, (int)line.Length), number);
        ArrayPool<byte>.Shared.Return(copy);
    }

    /// <summary>The number of the last complete line, and whether the present line is being skipped.</summary>
    private struct LineNumber
    {
        public long Number;
        public bool IsPassedOver;
    }
}
