using System.Buffers;

namespace Grid.Ingest.Bodies;

/// <summary>A whole request body in a pooled buffer. The owner disposes it when nothing reads <see cref="Bytes"/> any more.</summary>
internal sealed class PooledBody : IDisposable
{
    private byte[] _buffer;
    private int _length;

    private PooledBody(int size) => _buffer = ArrayPool<byte>.Shared.Rent(size);

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Reads to the end, but never more than <paramref name="max"/> bytes: null when there are more.</summary>
    public static async ValueTask<PooledBody?> Read(Stream stream, int expected, int max, CancellationToken cancellation)
    {
        var body = new PooledBody(Math.Clamp(expected + 1, 4 * 1024, max + 1));
        try
        {
            while (true)
            {
                if (body._length == body._buffer.Length) body.Grow();
                var read = await stream.ReadAsync(body._buffer.AsMemory(body._length), cancellation);
                if (read == 0) return body;
                body._length += read;
                if (body._length <= max) continue;
                body.Dispose();
                return null;
            }
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

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
