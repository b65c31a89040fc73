using Grid.InProcess.Turns;
using Orleans;

namespace Grid.InProcess.Engine;

/// <summary>
/// Lets go of idle activations: of those idle for longer than their age, once every period, and of the longest idle when
/// there are too many. Activations carry the tick of their last use; ticks pass with the period.
/// </summary>
internal sealed class Collector(GrainEngine engine)
{
    // Shedding goes a little below the limit, so that it is not begun again at the next activation.
    private const int ShedShareDivisor = 10;

    private static readonly DeactivationReason Idle = new(DeactivationReasonCode.ActivationIdle, "It was idle for its age.");

    private static readonly DeactivationReason TooMany = new(
        DeactivationReasonCode.HighMemoryPressure, "More grains are in memory than may stay, and it was among the longest idle.");

    private ITimer? _timer;
    private int _tick;
    private int _shedding;

    internal int Tick => Volatile.Read(ref _tick);

    internal void Start()
    {
        var period = engine.Limits.CollectionPeriod;
        _timer = engine.Clock.CreateTimer(static collector => ((Collector)collector!).Pass(), this, period, period);
    }

    internal void Stop() => _timer?.Dispose();

    /// <summary>Sheds on the thread pool, unless that is already under way.</summary>
    internal void Shed()
    {
        if (Interlocked.Exchange(ref _shedding, 1) != 0)
            return;
        // As long as it sheds, the engine is not quiet.
        engine.TurnBegan();
        ThreadPool.UnsafeQueueUserWorkItem(static collector => collector.ShedLongestIdle(), this, preferLocal: false);
    }

    private void Pass()
    {
        var now = Interlocked.Increment(ref _tick);
        foreach (var grainClass in engine.Classes.Values)
        {
            if (grainClass.IsKeptAlive)
                continue;
            var latest = now - Math.Max(1, (int)Math.Ceiling(grainClass.IdleAge / engine.Limits.CollectionPeriod));
            foreach (var resident in grainClass.Residents)
                resident.DeactivateIfIdleSince(latest, Idle);
        }
        if (engine.ResidentGrains > engine.Limits.ResidentGrainsMax)
            Shed();
    }

    private void ShedLongestIdle()
    {
        try
        {
            var limit = engine.Limits.ResidentGrainsMax;
            var excess = engine.ResidentGrains - limit + (limit / ShedShareDivisor);
            engine.Log.Shed(excess, engine.ResidentGrains);
            var now = Tick;
            var latest = LatestToShed(excess, now);
            foreach (var resident in Sheddable())
            {
                if (excess <= 0)
                    break;
                if (resident.DeactivateIfIdleSince(latest, TooMany))
                    excess--;
            }
        }
        finally
        {
            Volatile.Write(ref _shedding, 0);
            engine.TurnEnded();
        }
    }

    /// <summary>The tick such that about <paramref name="excess"/> were last used at it or before.</summary>
    private int LatestToShed(int excess, int now)
    {
        var usedAgo = new SortedDictionary<int, int>();
        foreach (var resident in Sheddable())
        {
            var ago = now - resident.LastUsed;
            usedAgo[ago] = usedAgo.GetValueOrDefault(ago) + 1;
        }
        foreach (var (ago, count) in usedAgo.Reverse())
        {
            excess -= count;
            if (excess <= 0)
                return now - ago;
        }
        return now;
    }

    private IEnumerable<Activation> Sheddable() =>
        engine.Classes.Values.Where(grainClass => !grainClass.IsKeptAlive).SelectMany(grainClass => grainClass.Residents);
}
