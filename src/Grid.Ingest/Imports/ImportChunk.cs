using System.Runtime.InteropServices;
using Grid.Ingest.Calls;
using Grid.Model.Facts;
using Grid.Model.Rejections;
using Grid.Model.Time;

namespace Grid.Ingest.Imports;

/// <summary>Some parsed lines of an import: their raw bytes, their items, and the line number of each item.</summary>
internal sealed class ImportChunk(Instant receivedAt)
{
    private byte[] _raw = new byte[64 * 1024];
    private int _length;

    public CallBatch Batch { get; } = new(receivedAt);

    public List<long> Lines { get; } = [];

    /// <summary>Rows whose time is written without a zone, where the import names none either.</summary>
    public int AssumedUtc { get; set; }

    public ReadOnlyMemory<byte> Raw => _raw.AsMemory(0, _length);

    public bool IsFull => Lines.Count >= IngestLimits.ImportChunkLines;

    /// <summary>Parses one call of the Segment spec from a line of NDJSON. An empty line is skipped.</summary>
    public void AddCall(CallParser parser, ReadOnlySpan<byte> line, long number)
    {
        line = line.Trim(" \r\t"u8);
        if (line.IsEmpty) return;
        if (line.Length > IngestLimits.CallBytesMax)
        {
            AddReject(line, number, null, Reasons.LineTooLong.With(line.Length, IngestLimits.CallBytesMax), "$");
            return;
        }

        var start = Keep(line);
        var (items, notes) = (Batch.Items.Count, Batch.Notes.Count);
        var error = parser.ReadCall(line, CallKind.Any, Batch);
        if (error is not null)
        {
            // Further text after a call makes the whole line unreadable, although the call itself was parsed.
            Batch.Items.RemoveRange(items, Batch.Items.Count - items);
            Batch.Notes.RemoveRange(notes, Batch.Notes.Count - notes);
            _length = start;
            AddReject(line, number, null, error.Reason, error.Place ?? "$");
            return;
        }

        ref var item = ref CollectionsMarshal.AsSpan(Batch.Items)[^1];
        item.Start += start;
        item.MessageId = item.MessageId with { Start = item.MessageId.Start + start };
        if (item.Place is not null) item.Place = $"line {number}, {item.Place}";
        for (var index = notes; index < Batch.Notes.Count; index++)
            Batch.Notes[index] = Batch.Notes[index] with { Place = $"line {number}, {Batch.Notes[index].Place}" };
        Lines.Add(number);
    }

    public void AddFact(ReadOnlySpan<byte> raw, long number, string customer, Fact fact)
    {
        var start = Keep(raw);
        Batch.Items.Add(new CallItem { Start = start, Length = raw.Length, Customer = customer, Fact = fact, SentAt = Instant.Never });
        Lines.Add(number);
    }

    public void AddReject(ReadOnlySpan<byte> raw, long number, string? customer, Reason reason, string place)
    {
        var kept = raw[..Math.Min(raw.Length, IngestLimits.RejectBytesMax)];
        Batch.Items.Add(new CallItem
        {
            Start = Keep(kept),
            Length = kept.Length,
            Customer = customer,
            SentAt = Instant.Never,
            Outcome = FactOutcome.Rejected(reason),
            Place = $"line {number}, {place}",
        });
        Lines.Add(number);
    }

    private int Keep(ReadOnlySpan<byte> line)
    {
        Reserve(line.Length);
        var start = _length;
        line.CopyTo(_raw.AsSpan(start));
        _length += line.Length;
        return start;
    }

    private void Reserve(int size)
    {
        if (_length + size > _raw.Length) Array.Resize(ref _raw, Math.Max(_raw.Length * 2, _length + size));
    }
}
