using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Grid.Ingest.Mapping;
using Grid.Model;
using Grid.Model.Facts;
using Grid.Model.Rejections;
using Grid.Model.Time;

namespace Grid.Ingest.Calls;

/// <summary>Turns bodies of the Segment spec into facts. Immutable but for a counter; safe from any thread.</summary>
/// <param name="mapping">Which event becomes which fact.</param>
/// <param name="currency">The only accepted currency.</param>
/// <param name="firstNumber">Distinguishes calls without an id of this process from those of an earlier process at the same instant.</param>
/// <param name="correctsClocks">False for imports: a long time between occurrence and sending does not indicate a wrong sender's clock there.</param>
/// <param name="placeholders">Ids that are rejected.</param>
internal sealed class CallParser(
    EventMapping mapping, Currency currency, long firstNumber = 0, bool correctsClocks = true, PlaceholderIds? placeholders = null)
{
    private long _number = firstNumber;

    public EventMapping Mapping { get; } = mapping;

    public Currency Currency { get; } = currency;

    public PlaceholderIds Placeholders { get; } = placeholders ?? PlaceholderIds.None;

    public bool CorrectsClocks { get; } = correctsClocks;

    public FieldNames Names { get; } = FieldNames.From(mapping);

    /// <summary>Reads a single call. The item reports errors of the call itself; null unless the body is unreadable.</summary>
    public BodyFault? ReadCall(ReadOnlySpan<byte> body, CallKind kind, CallBatch into)
    {
        if (Unreadable(ref body) is { } error) return error;
        var reader = new CallReader(this, body, into);
        try
        {
            return reader.ReadCall(kind);
        }
        catch (JsonException exception)
        {
            return reader.Broken(exception);
        }
    }

    /// <summary>Reads a batch. Each item reports its own errors; null unless the body is unreadable.</summary>
    public BodyFault? ReadBatch(ReadOnlySpan<byte> body, CallBatch into)
    {
        if (Unreadable(ref body) is { } error) return error;
        into.Items.EnsureCapacity(Math.Min(body.Length / IngestLimits.UsualCallBytes, IngestLimits.EventsExpectedMax));
        var reader = new CallReader(this, body, into);
        try
        {
            var broken = reader.ReadBatch();
            if (broken is not null || reader.LateContext is not { } context) return broken;

            // The context of the batch stands behind its items: they are read again with it. SDKs that send one put nothing into it that counts.
            into.Items.Clear();
            into.Notes.RemoveAll(static note => note.Item != CallNote.WholeBody);
            reader = new CallReader(this, body, into, context);
            return reader.ReadBatch();
        }
        catch (JsonException exception)
        {
            return reader.Broken(exception);
        }
    }

    /// <summary>A unique key for a call without messageId and timestamp.</summary>
    public MessageKey UniqueKey(Instant receivedAt)
    {
        Span<byte> text = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(text, receivedAt.Milliseconds);
        BinaryPrimitives.WriteInt64LittleEndian(text[8..], Interlocked.Increment(ref _number));
        return MessageKey.From(text);
    }

    private static BodyFault? Unreadable(ref ReadOnlySpan<byte> body)
    {
        body = PastByteOrderMark(body);
        if (body.IsEmpty) return new BodyFault(Reasons.BodyEmpty, "byte 0");
        if (Utf8.IsValid(body)) return null;
        return new BodyFault(Reasons.BodyNoUtf8, $"byte {FirstInvalid(body)}");
    }

    /// <summary>A byte order mark is ignored; positions count from the byte after it.</summary>
    public static ReadOnlySpan<byte> PastByteOrderMark(ReadOnlySpan<byte> body) =>
        body.StartsWith("\uFEFF"u8) ? body[3..] : body;

    public static ReadOnlyMemory<byte> PastByteOrderMark(ReadOnlyMemory<byte> body) =>
        body[(body.Length - PastByteOrderMark(body.Span).Length)..];

    private static int FirstInvalid(ReadOnlySpan<byte> body)
    {
        var position = 0;
        while (position < body.Length
            && Rune.DecodeFromUtf8(body[position..], out _, out var consumed) == System.Buffers.OperationStatus.Done)
            position += consumed;
        return position;
    }
}
