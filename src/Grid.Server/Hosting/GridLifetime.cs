using Grid.Grains;
using Grid.Grains.Calendars;
using Grid.Grains.Rulebooks;
using Grid.Grains.Segments;
using Grid.Ledger;
using Grid.Server.Silos;
using Grid.Server.Options;

namespace Grid.Server.Hosting;

/// <summary>Opens the ledger and brings the grid up before the server listens; ends the loops before the ledger closes.</summary>
internal sealed class GridLifetime(
    ILedger ledger,
    LedgerOpening opening,
    GridStart start,
    SegmentFeed feed,
    Calendar calendar,
    RulebookSweep sweep,
    RulesFollower follower,
    BaselineTicker baseline,
    GridOptions options,
    GridPace pace)
    : IHostedService, IDisposable
{
    /// <summary>How long a stop may take after Ctrl-C before the process ends regardless. Nothing acknowledged is lost by that.</summary>
    public static readonly TimeSpan StopMax = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _loops = [];

    /// <summary>Whether events can be taken.</summary>
    public bool IsReady { get; private set; }

    /// <summary>The loop that has ended by an error; null while all run.</summary>
    public Exception? Failure => _loops.FirstOrDefault(loop => loop.IsFaulted)?.Exception;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await opening.Open(cancellationToken);
        var faults = await start.Run(SchemeFiles.Read(options.Schemes), cancellationToken);
        if (faults.Count > 0) throw new ConfigurationException(string.Join(Environment.NewLine, faults));
        ledger.Observe(feed);
        _loops.Add(Task.Run(() => feed.Run(_stopping.Token), cancellationToken));
        _loops.Add(Task.Run(() => sweep.Run(_stopping.Token), cancellationToken));
        if (pace == GridPace.ByItself)
        {
            _loops.Add(Task.Run(() => calendar.Run(_stopping.Token), cancellationToken));
            _loops.Add(Task.Run(() => follower.Run(_stopping.Token), cancellationToken));
            _loops.Add(Task.Run(() => baseline.Run(_stopping.Token), cancellationToken));
        }

        IsReady = true;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        IsReady = false;
        await _stopping.CancelAsync();
        await Task.WhenAll(_loops).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();
}

/// <summary>Who lets time pass: the grid's own loops, or whoever drives a replay step by step.</summary>
internal enum GridPace
{
    ByItself,
    ByDriver,
}

/// <summary>A mistake of the operator's; its message is all there is to show.</summary>
internal sealed class ConfigurationException(string message) : Exception(message);
