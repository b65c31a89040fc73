using Grid.Grains;
using Grid.Grains.Rules;
using Grid.Ledger;
using Grid.Server.Silos;

namespace Grid.Server.Hosting;

/// <summary>Opens the ledger and brings the grid up before the server listens.</summary>
internal sealed partial class GridStartup(
    ILedger ledger,
    LedgerOpening opening,
    GridStart start,
    RulebookAtStart rulebook,
    IHostApplicationLifetime application,
    ILogger<GridStartup> logger)
    : IHostedService
{
    private volatile bool _isUp;

    /// <summary>Whether events can be taken: false from the start of a stop on.</summary>
    public bool IsReady => _isUp && !application.ApplicationStopping.IsCancellationRequested;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await opening.Open(cancellationToken);
        if (ledger.Statistics.Damage is { } damage) FoundDamage(logger, damage);
        var faults = await start.Run(rulebook.Files, rulebook.AreNamed, cancellationToken);
        if (faults.Count > 0) throw new ConfigurationException(string.Join(Environment.NewLine, faults));
        await opening.Recovered(cancellationToken);
        _isUp = true;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Error, Message = "{Damage}")]
    private static partial void FoundDamage(ILogger logger, string damage);
}

/// <summary>The scheme files that the server is started with; they compile.</summary>
/// <param name="AreNamed">Whether the operator has named them; else they are the shipped ones.</param>
internal sealed record RulebookAtStart(IReadOnlyList<SchemeSource> Files, bool AreNamed);

/// <summary>A mistake of the operator's; its message is all there is to show.</summary>
internal sealed class ConfigurationException(string message) : Exception(message);
