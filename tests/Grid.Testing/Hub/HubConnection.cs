using System.Buffers;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;

namespace Grid.Testing.Hub;

/// <summary>
/// A client of the hub, as small as SignalR's JSON protocol over a WebSocket allows. A stream that the test does not read blocks the whole
/// connection, as a slow page would.
/// </summary>
internal sealed class HubConnection : IAsyncDisposable
{
    private const byte Separator = 0x1e;
    private const int UnreadFramesMax = 16;
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<string, Channel<JsonElement>> _streams = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private Task _receiving = Task.CompletedTask;
    private int _invocations;

    private HubConnection()
    {
    }

    /// <param name="server">For example <c>http://127.0.0.1:5080</c>.</param>
    /// <param name="path">The path of the hub.</param>
    /// <param name="language">The value of <c>Accept-Language</c>; null: without the header.</param>
    public static async Task<HubConnection> Open(Uri server, string path = "/hubs/grid", string? language = null)
    {
        var connection = new HubConnection();
        if (language is not null) connection._socket.Options.SetRequestHeader("Accept-Language", language);
        var address = new UriBuilder(new Uri(server, path)) { Scheme = "ws" }.Uri;
        await connection._socket.ConnectAsync(address, CancellationToken.None);
        await connection.Send(new { protocol = "json", version = 1 });
        var handshake = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        connection._receiving = Task.Run(() => connection.Receive(handshake));
        var answer = await handshake.Task.WaitAsync(TimeSpan.FromSeconds(60));
        if (answer.TryGetProperty("error", out var error)) throw new HubError(error.GetString()!);
        return connection;
    }

    /// <summary>The frames of a stream, from its request to the end of the enumeration.</summary>
    /// <exception cref="HubError">The server refused the stream, or ended it with an error.</exception>
    public async IAsyncEnumerable<JsonElement> Stream(
        string target, object?[] arguments, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var invocation = $"{Interlocked.Increment(ref _invocations)}";
        var frames = _streams[invocation] = Channel.CreateBounded<JsonElement>(UnreadFramesMax);
        await Send(new { type = 4, invocationId = invocation, target, arguments });
        try
        {
            await foreach (var frame in frames.Reader.ReadAllAsync(cancellation)) yield return frame;
        }
        finally
        {
            _streams.TryRemove(invocation, out _);
            frames.Writer.TryComplete();
            if (_socket.State == WebSocketState.Open) await Send(new { type = 5, invocationId = invocation });
        }
    }

    /// <summary>Closes the connection without a close message, as a lost network does.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _socket.Abort();
        await _receiving;
        _socket.Dispose();
        _closing.Dispose();
        _sending.Dispose();
    }

    private async Task Send(object message)
    {
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(message, JsonSerializerOptions.Web), Separator];
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, _closing.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task Receive(TaskCompletionSource<JsonElement> handshake)
    {
        var received = new ArrayBufferWriter<byte>();
        Exception? end = null;
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(received.GetMemory(4096), _closing.Token);
                if (part.MessageType == WebSocketMessageType.Close) break;
                received.Advance(part.Count);
                await Take(received, handshake);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            end = new HubError("The connection was lost.");
        }

        handshake.TrySetException(new HubError("The connection ended before the handshake."));
        foreach (var stream in _streams.Values) stream.Writer.TryComplete(end ?? new HubError("The server closed the connection."));
    }

    /// <summary>Passes each complete message on, and keeps an incomplete one.</summary>
    private async Task Take(ArrayBufferWriter<byte> received, TaskCompletionSource<JsonElement> handshake)
    {
        var rest = received.WrittenMemory.ToArray().AsMemory();
        if (!rest.Span.Contains(Separator)) return;
        received.ResetWrittenCount();
        for (var end = rest.Span.IndexOf(Separator); end >= 0; end = rest.Span.IndexOf(Separator))
        {
            var message = JsonSerializer.Deserialize<JsonElement>(rest.Span[..end]);
            rest = rest[(end + 1)..];
            if (!handshake.TrySetResult(message)) await Dispatch(message);
        }

        received.Write(rest.Span);
    }

    private async Task Dispatch(JsonElement message)
    {
        var type = message.GetProperty("type").GetInt32();
        if (type is not (2 or 3) || !_streams.TryGetValue(message.GetProperty("invocationId").GetString()!, out var stream)) return;
        try
        {
            if (type == 2) await stream.Writer.WriteAsync(message.GetProperty("item"), _closing.Token);
            else stream.Writer.TryComplete(message.TryGetProperty("error", out var error) ? new HubError(error.GetString()!) : null);
        }
        catch (ChannelClosedException)
        {
            // The reader has left while the frame was under way.
        }
    }
}

/// <summary>The server's error when it refused or ended a stream.</summary>
internal sealed class HubError(string message) : Exception(message);
