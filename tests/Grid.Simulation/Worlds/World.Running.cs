namespace Grid.Simulation.Worlds;

/// <summary>Runs the world, step by step.</summary>
internal sealed partial class World
{
    private const int SilosMax = 3;
    private const long StepsMax = 1_000_000;
    private static readonly TimeSpan SettledWithin = TimeSpan.FromMinutes(20);

    /// <summary>Runs with faults until a condition is reached.</summary>
    /// <param name="left">Describes the remaining work; null when there is none.</param>
    public void RunUntil(Func<string?> left)
    {
        var deadline = Machine.GetUtcNow() + SettledWithin;
        var atRest = "it never rested";
        while (left() is { } undone)
        {
            if (Scheduler.Broken is { } unexpected) throw unexpected as WorldException ?? new WorldException(InOneLine(unexpected));
            if (Scheduler.IsIdle) atRest = undone;
            if (Scheduler.Steps > StepsMax || Machine.GetUtcNow() > deadline)
                throw new WorldException(
                    $"it does not come to an end: {atRest}; waiting for [{string.Join(' ', _outstanding.Take(4).Select(call => call.Key))}]");
            if (Random.Next(10_000) < Faults.EventsPerTenThousand) Disturb();
            if (Scheduler.IsIdle) PassTime();
            else Scheduler.Step();
        }
    }

    /// <summary>Ends the faults, aligns the clocks, and restarts every missing silo.</summary>
    public void Heal()
    {
        Faults = Faults.None;
        (Storage.FailuresPerMille, Storage.SlowPerMille) = (0, 0);
        foreach (var silo in _silos.Where(silo => silo.IsShutOut).ToList()) Crash(silo);
        foreach (var silo in _silos) silo.Time.Behind = TimeSpan.Zero;
        while (_silos.Count < 2) Start();
    }

    public void Start()
    {
        var silo = new Silo(this, ++_siloNumbers);
        _silos.Add(silo);
        silo.Begin();
    }

    public void Begin(Faults faults)
    {
        Faults = faults;
        (Storage.FailuresPerMille, Storage.SlowPerMille) = (faults.StoragePerMille, faults.SlowPerMille);
    }

    private static string InOneLine(Exception failure) => failure.ToString().ReplaceLineEndings(" ");

    /// <summary>Advances both clocks to the next timer.</summary>
    private void PassTime()
    {
        var now = Machine.GetUtcNow();
        if (Machine.NextDue is not { } next) throw new WorldException("nothing is left to happen");
        var by = next - now;
        if (Time.NextDue is { } due && due - Time.GetUtcNow() < by) by = due - Time.GetUtcNow();
        Scheduler.Note(by.Ticks);
        Machine.Advance(by);
        Time.Advance(by);
    }

    private void Disturb()
    {
        switch (Random.Next(8))
        {
            case 0 or 1:
                if (_silos.Count > 1 || Random.Next(2) == 0) Crash(_silos[Random.Next(_silos.Count)]);
                break;
            case 2 when _silos.Count(silo => !silo.IsShutOut) > 1:
                ShutOut(_silos[Random.Next(_silos.Count)]);
                break;
            case 3 or 4:
                if (_silos.Count < SilosMax) Start();
                break;
            case 5:
                Jump();
                break;
            case 6:
                _silos[Random.Next(_silos.Count)].Time.Behind = TimeSpan.FromMilliseconds(Random.Next(60_000));
                break;
            default:
                var by = TimeSpan.FromMilliseconds(Random.Next(2_000));
                Machine.Advance(by);
                Time.Advance(by);
                break;
        }
    }

    private void Jump()
    {
        var by = Random.Next(3) switch
        {
            0 => TimeSpan.FromMilliseconds(Random.NextInt64(3_600_000)),
            1 => TimeSpan.FromMinutes(Random.Next(3 * 24 * 60)),
            _ => TimeSpan.FromMinutes(Random.Next(100 * 24 * 60)),
        };
        Scheduler.Note(by.Ticks);
        Scheduler.Log?.Invoke($"jump by {by}");
        Time.Advance(by);
    }

    /// <summary>Crashes a silo: its memory is lost at once, and its pending calls fail for their callers.</summary>
    private void Crash(Silo silo)
    {
        Scheduler.Log?.Invoke($"crash of {silo.Number}");
        ForgetActivations(silo);
        foreach (var activation in silo.Activations) activation.Die();
        silo.Die();
        _silos.Remove(silo);
        FailCalls(silo);
        _outstanding.RemoveAll(request => request.From == silo);
        if (_silos.Count == 0 || _silos.All(other => other.IsShutOut)) Start();
    }

    /// <summary>Isolates a silo: the others continue without it, and it does not know yet.</summary>
    private void ShutOut(Silo silo)
    {
        Scheduler.Log?.Invoke($"silo {silo.Number} shut out");
        silo.IsShutOut = true;
        ForgetActivations(silo);
        FailCalls(silo);
    }

    private void FailCalls(Silo silo)
    {
        foreach (var request in _outstanding.Where(request => request.At == silo).ToList())
            Answer(request, () => request.Fail(new SiloUnavailableException($"Silo {silo.Number} is gone.")));
    }

    private void ForgetActivations(Silo silo)
    {
        foreach (var activation in silo.Activations) Forget(activation);
    }
}

/// <summary>The world violated an invariant.</summary>
internal sealed class WorldException(string message) : Exception(message);
