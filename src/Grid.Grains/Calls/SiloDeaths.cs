using Microsoft.Extensions.Hosting;

namespace Grid.Grains.Calls;

/// <summary>Signals when a silo of this cluster is declared dead.</summary>
public sealed class SiloDeaths(IClusterMembershipService membership) : BackgroundService
{
    // The source is replaced before it is cancelled, so that a death does not end calls that begin after it. It is not disposed: a caller may be
    // about to read it.
    private volatile CancellationTokenSource _next = new();

    private ClusterMembershipSnapshot _seen = membership.CurrentSnapshot;

    /// <summary>Cancelled when the next silo is declared dead. Reading it is free.</summary>
    public CancellationToken Next => _next.Token;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stoppingToken))
            {
                if (HasDied(_seen, snapshot)) await Signal();
                _seen = snapshot;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A start that is given up cancels this before the host reports that it stops; a cancelled wait is no failure.
        }
    }

    private static bool HasDied(ClusterMembershipSnapshot before, ClusterMembershipSnapshot now) => now.Members.Values.Any(
        member => member.Status == SiloStatus.Dead
            && before.GetSiloStatus(member.SiloAddress) is SiloStatus.Active or SiloStatus.ShuttingDown or SiloStatus.Stopping);

    private Task Signal()
    {
        var died = _next;
        _next = new CancellationTokenSource();
        return died.CancelAsync();
    }
}
