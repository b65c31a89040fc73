using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Grid.Tests.Ledger.Postgres.Failures;

/// <summary>A proxy between ledgers and a server, on a Unix socket of its own, which breaks connections on command.</summary>
internal sealed class SocketProxy : IAsyncDisposable
{
    private const string Name = ".s.PGSQL.5432";
    private readonly string _server;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly ConcurrentDictionary<Pair, bool> _pairs = [];
    private readonly Task _accepting;
    private volatile Loss _loss;
    private volatile bool _refuses;
    private volatile byte[]? _sought;
    private int _lost;
    private int _ended;

    public SocketProxy(string serverFolder)
    {
        _server = Path.Combine(serverFolder, Name);
        Folder = Directory.CreateTempSubdirectory("grid-pg-").FullName;
        _listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(Folder, Name)));
        _listener.Listen();
        _accepting = Accepting();
    }

    private enum Loss
    {
        None,
        Request,
        Answer,
        AnswerThenRefuse,
    }

    public string Folder { get; }

    /// <summary>Loses a message that contains these bytes, or its answer, instead of a batch.</summary>
    public void Seek(byte[] bytes) => _sought = bytes;

    /// <summary>The number of lost messages that wrote a batch, or of their lost answers.</summary>
    public int Lost => Volatile.Read(ref _lost);

    /// <summary>Drops the next batch before it reaches the server.</summary>
    public void LoseNextRequest() => _loss = Loss.Request;

    /// <summary>Lets the next batch be written, and drops its answer.</summary>
    public void LoseNextAnswer(bool thenRefuse = false) => _loss = thenRefuse ? Loss.AnswerThenRefuse : Loss.Answer;

    /// <summary>Accepts and closes this many of the next connections.</summary>
    public void EndNextConnections(int count) => Interlocked.Exchange(ref _ended, count);

    public void Accept() => _refuses = false;

    public void BreakAll()
    {
        foreach (var pair in _pairs.Keys) pair.Break();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        BreakAll();
        await _accepting;
        Directory.Delete(Folder, recursive: true);
    }

    private async Task Accepting()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptAsync();
                var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await server.ConnectAsync(new UnixDomainSocketEndPoint(_server));
                var pair = new Pair(client, server);
                _pairs[pair] = true;
                if (_refuses || Interlocked.Decrement(ref _ended) >= 0) pair.Break();
                _ = Requests(pair);
                _ = Answers(pair);
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Requests(Pair pair)
    {
        var bytes = new byte[65_536];
        try
        {
            while (await pair.Client.ReceiveAsync(bytes) is > 0 and var length)
            {
                if (_loss != Loss.None && IsSought(bytes.AsSpan(0, length)))
                {
                    if (_loss == Loss.Request)
                    {
                        Lose(pair);
                        return;
                    }

                    pair.LosesAnswer = true;
                }

                await pair.Server.SendAsync(bytes.AsMemory(0, length));
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // One of the two ends has closed the connection.
        }

        pair.Break();
    }

    private async Task Answers(Pair pair)
    {
        var bytes = new byte[65_536];
        try
        {
            while (await pair.Server.ReceiveAsync(bytes) is > 0 and var length)
            {
                if (pair.LosesAnswer)
                {
                    _refuses = _loss == Loss.AnswerThenRefuse;
                    Lose(pair);
                    if (_refuses) BreakAll();
                    return;
                }

                await pair.Client.SendAsync(bytes.AsMemory(0, length));
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // One of the two ends has closed the connection.
        }

        pair.Break();
    }

    private bool IsSought(ReadOnlySpan<byte> request) => _sought is { } bytes ? request.IndexOf(bytes) >= 0 : WritesGroup(request);

    /// <summary>Only a batch is this large, and the statements of the follower while they are sent as text.</summary>
    private static bool WritesGroup(ReadOnlySpan<byte> request) => request.Length > 400 && request.IndexOf("FROM groups AS"u8) < 0;

    private void Lose(Pair pair)
    {
        _loss = Loss.None;
        Interlocked.Increment(ref _lost);
        pair.Break();
    }

    private sealed class Pair(Socket client, Socket server)
    {
        public Socket Client { get; } = client;

        public Socket Server { get; } = server;

        public bool LosesAnswer { get; set; }

        public void Break()
        {
            Client.Dispose();
            Server.Dispose();
        }
    }
}
