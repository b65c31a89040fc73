using System.Collections.Concurrent;
using Grid.Server.Configuration;
using Grid.Testing.Hub;
using Grid.Testing.Servers;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Grid.Tests.Deployment;

/// <summary>The log of streams that the hub refuses.</summary>
public sealed class HubFailuresTests
{
    [Fact]
    public async Task AreNoneWhereAStreamIsRefused()
    {
        var folder = Directory.CreateTempSubdirectory("grid-hub-").FullName;
        using var log = new KeptLog();
        await using (var server = await RunningServer.Start(new GridOptions { Data = folder }, more: builder => builder.Logging.AddProvider(log)))
        await using (var hub = await HubConnection.Open(server.Address))
        {
            await Refused(hub, "Segments", [new[] { "astrology" }]);
            await Refused(hub, "Transitions", [null, "999999"]);
        }

        log.Lines.Where(line => line.Level >= LogLevel.Warning && line.Text.Contains("HubException")).ShouldBeEmpty();
        Directory.Delete(folder, recursive: true);
    }

    private static Task<HubError> Refused(HubConnection hub, string target, object?[] arguments) => Should.ThrowAsync<HubError>(async () =>
    {
        await foreach (var _ in hub.Stream(target, arguments))
        {
        }
    });

    private sealed class KeptLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue((logLevel, $"{formatter(state, exception)} {exception}"));

        public void Dispose()
        {
        }
    }
}
