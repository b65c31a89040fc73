using System.Collections.Frozen;
using System.Text.Json;
using Grid.InProcess.State;
using Grid.InProcess.Turns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Grid.InProcess.Engine;

/// <summary>Hosts the grains of the given assemblies in this process. Get one through AddInProcessGrains.</summary>
public sealed class GrainEngine : IGrainFactory
{
    private readonly FrozenDictionary<Type, GrainInterface> _interfaces;
    private readonly ObserverTable _observers;
    private readonly Collector _collector;
    private readonly QuietGauge _gauge = new();
    private int _residents;
    private volatile TaskCompletionSource? _emptied;

    public GrainEngine(IServiceProvider services, InProcessOptions options, TimeProvider clock, ILogger<GrainEngine> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        Services = services;
        Clock = clock;
        Limits = options.Limits;
        StateJson = options.StateJson;
        Log = new EngineLog(logger);
        Deadlines = new ResponseDeadlines(Limits.ResponseTimeout, clock);
        Scheduler = options.Seed is { } seed ? new SeededScheduler(seed) : new PoolScheduler(Limits.ItemsPerTurn);
        Classes = GrainInterface.FindClasses(this, options.Assemblies);
        _interfaces = GrainInterface.Map(Classes);
        _observers = new ObserverTable(this);
        _collector = new Collector(this);
    }

    /// <summary>How many grains are in memory.</summary>
    public int ResidentGrains => Volatile.Read(ref _residents);

    internal IServiceProvider Services { get; }

    internal TimeProvider Clock { get; }

    internal EngineLimits Limits { get; }

    internal JsonSerializerOptions StateJson { get; }

    internal IGrainStateStore StateStore => field ??= Services.GetRequiredService<IGrainStateStore>();

    internal EngineLog Log { get; }

    internal ResponseDeadlines Deadlines { get; }

    internal TurnScheduler Scheduler { get; }

    internal IReadOnlyDictionary<Type, GrainClass> Classes { get; }

    internal int Tick => _collector.Tick;

    internal bool IsStopping => _emptied is not null;

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrEmpty(primaryKey);
        if (!_interfaces.TryGetValue(typeof(TGrainInterface), out var known))
            throw new ArgumentException($"No grain class in the engine's assemblies implements {typeof(TGrainInterface).FullName}.");
        return (TGrainInterface)(object)known.Make(known.Class, primaryKey);
    }

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver =>
        (TGrainObserverInterface)(object)_observers.Add(typeof(TGrainObserverInterface), obj);

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver =>
        _observers.Remove(obj as GrainReference ?? throw new ArgumentException("It is not the reference that CreateObjectReference gave."));

    /// <summary>Completes when no turn is queued or runs. A call that awaits something outside of the grains is quiet too.</summary>
    public Task Quiet() => _gauge.Quiet();

    /// <summary>On a seeded engine: runs a workload whose steps are drawn among the grains' turns with the same seed.</summary>
    public Task Run(Func<Task> workload) => Scheduler is SeededScheduler seeded
        ? seeded.Run(workload)
        : throw new InvalidOperationException("Only an engine with a seed runs workloads.");

    internal void Start() => _collector.Start();

    /// <summary>Deactivates all grains, in whatever order they end their calls; nothing is activated any more.</summary>
    internal async Task Stop(CancellationToken cancellation)
    {
        _collector.Stop();
        var emptied = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _emptied = emptied;
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The engine stops.");
        foreach (var resident in Classes.Values.SelectMany(grainClass => grainClass.Residents))
            resident.RequestDeactivation(reason);
        if (ResidentGrains == 0)
            emptied.TrySetResult();
        try
        {
            await emptied.Task.WaitAsync(Limits.StopTimeout, Clock, cancellation);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            Log.StillActive(ResidentGrains);
        }
        (Scheduler as IDisposable)?.Dispose();
    }

    internal void ThrowIfFull()
    {
        if (IsStopping)
            throw new OrleansMessageRejectionException("The engine stops and activates no grain any more.");
        if (ResidentGrains / 2 >= Limits.ResidentGrainsMax)
            throw new LimitExceededException($"{ResidentGrains} grains are in memory, twice what is allowed to stay.");
    }

    internal void ActivationBegan()
    {
        if (Interlocked.Increment(ref _residents) > Limits.ResidentGrainsMax)
            _collector.Shed();
    }

    internal void ActivationEnded()
    {
        if (Interlocked.Decrement(ref _residents) == 0)
            _emptied?.TrySetResult();
    }

    internal void TurnBegan() => _gauge.Began();

    internal void TurnEnded() => _gauge.Ended();
}
