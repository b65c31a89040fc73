using Grid.Grains.Customers;
using Orleans.Runtime.Messaging;

namespace Grid.Server.Silos;

/// <summary>
/// Calls again when a call met a silo that has just gone, until the cluster has agreed on that and the grain lives elsewhere. All calls of
/// the grid may be made twice: facts carry the sender's message ids, everything else says where it starts from.
/// </summary>
internal sealed class RetriedCalls(IClusterMembershipService membership, RefusedSilos refused) : IOutgoingGrainCallFilter
{
    /// <summary>Longer than a hung silo takes to be voted out, shorter than a client waits.</summary>
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>How often a call without an answer asks whether a silo has gone meanwhile.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    /// <summary>A call may hear only late that its silo is gone, and meet another that goes; this often it is called again at any rate.</summary>
    private const int AttemptsMin = 4;

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        if (!IsOfTheGrid(context))
        {
            await context.Invoke();
            return;
        }

        var began = TimeProvider.System.GetTimestamp();
        var delay = TimeSpan.FromMilliseconds(20);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await Call(context);
                return;
            }
            catch (OrleansException exception) when (exception is OrleansMessageRejectionException or ConnectionFailedException)
            {
                refused.Look();
                if (attempt >= AttemptsMin && TimeProvider.System.GetElapsedTime(began) > Within) throw;
            }

            await Task.Delay(delay, TimeProvider.System);
            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
        }
    }

    /// <summary>The engine's own calls go by where something lives now: called again, they would only wait longer for a silo that is gone.</summary>
    private static bool IsOfTheGrid(IGrainCallContext context) => context.InterfaceMethod.DeclaringType?.Assembly == typeof(ICustomerGrain).Assembly;

    /// <summary>
    /// A call that one silo has passed on to another is not told when that other goes: nobody would answer it before the engine's patience
    /// ends. So where a silo has gone since it was made, it is made again beside the one that waits.
    /// </summary>
    private async Task Call(IOutgoingGrainCallContext context)
    {
        var before = membership.CurrentSnapshot;
        var call = context.Invoke();
        while (true)
        {
            await call.WaitAsync(Silence, TimeProvider.System)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (call.IsCompleted)
            {
                await call;
                return;
            }

            if (!HasLost(before)) continue;
            call.Ignore();
            context.Result = await SecondCall.Of(context);
            return;
        }
    }

    private bool HasLost(ClusterMembershipSnapshot before)
    {
        var now = membership.CurrentSnapshot;
        return now.Version != before.Version
            && now.Members.Values.Any(member => member.Status == SiloStatus.Dead && before.GetSiloStatus(member.SiloAddress) == SiloStatus.Active);
    }
}
