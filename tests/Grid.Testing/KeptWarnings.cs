using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Grid.Testing;

/// <summary>A logger that keeps warnings and errors of the grid and of its platform, but not those about a machine that is too busy.</summary>
internal sealed class KeptWarnings : ILoggerProvider, ILogger
{
    /// <summary>Orleans' monitor of the silo's own health: it warns when threads wait a second for a processor.</summary>
    private const string Busy = "Orleans.Runtime.MembershipService.LocalSiloHealthMonitor";

    private readonly ConcurrentQueue<string> _warnings = [];

    public IReadOnlyCollection<string> Warnings => _warnings;

    public ILogger CreateLogger(string categoryName) => categoryName == Busy ? NullLogger.Instance : this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) _warnings.Enqueue(formatter(state, exception));
    }

    public void Dispose()
    {
    }
}
