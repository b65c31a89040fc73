using System.Buffers;

namespace Grid.Ingest.Bodies;

/// <summary>A whole request body in a pooled buffer. The owner disposes it when nothing reads <see cref="Bytes"/> any more.</summary>
internal sealed class PooledBody : IDisposable
{
    private byte[] _buffer;
    private int _length;

    private PooledBody(int size) => _buffer = ArrayPool<byte>.Shared.Rent(size);

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Reads to the end, within <paramref name="max"/> bytes, the available room and the required pace.</summary>
    /// <param name="stream">The inflated body.</param>
    /// <param name="expected">Its length if known; only a hint.</param>
    /// <param name="pass">Takes room for the bytes as they arrive.</param>
    /// <param name="time">Measures the pace.</param>
    public static async ValueTask<BodyReading> Read(
        Stream stream, int expected, int max, GatePass pass, TimeProvider time, CancellationToken cancellation)
    {
        var body = new PooledBody(Math.Clamp(expected + 1, 4 * 1024, Math.Min(max + 1, IngestLimits.BodyBufferBytes)));
        using var pace = new BodyPace(time, cancellation);
        try
        {
            while (true)
            {
                if (body._length == body._buffer.Length) body.Grow();
                var reading = stream.ReadAsync(body._buffer.AsMemory(body._length), pace.Token);
                var read = reading.IsCompletedSuccessfully ? reading.Result : await pace.Watch(reading);
                if (read == 0) return new BodyReading(body, BodyEnd.Whole);
                pace.Came(read);
                body._length += read;
                if (body._length > max) return body.Ended(BodyEnd.TooLarge);
                if (!pass.TryTakeBytes(read)) return body.Ended(BodyEnd.NoRoom);
            }
        }
        catch (OperationCanceledException) when (pace.IsTooSlow)
        {
            return body.Ended(BodyEnd.TooSlow);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        var buffer = Interlocked.Exchange(ref _buffer, []);
        _length = 0;
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
    }

    private BodyReading Ended(BodyEnd end)
    {
        Dispose();
        return new BodyReading(null, end);
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}

/// <summary>The outcome of reading a body; the body is set only when it is complete.</summary>
internal readonly record struct BodyReading(PooledBody? Body, BodyEnd End);

internal enum BodyEnd
{
    Whole,
    TooLarge,
    NoRoom,
    TooSlow,
}
