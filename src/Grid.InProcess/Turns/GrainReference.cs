using Grid.InProcess.Engine;
using Orleans.Runtime;

namespace Grid.InProcess.Turns;

/// <summary>
/// The base of the generated references. A reference remembers the activation it last called, so that only the first
/// call, and the first after that activation left, looks into the directory.
/// </summary>
public abstract class GrainReference(GrainClass grainClass, string key) : IAddressable, IEquatable<GrainReference>
{
    private Activation? _activation;

    internal string Key => key;

    public bool Equals(GrainReference? other) =>
        other is not null && ReferenceEquals(other.Class, grainClass) && string.Equals(other.Key, key);

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(key);

    public override string ToString() => $"{grainClass.Name}/{key}";

    internal GrainClass Class => grainClass;

    internal void Bind(Activation activation) => _activation = activation;

    /// <summary>
    /// Begins the call on this thread if the grain is idle. Not from inside of a grain: its own turn would then wait for
    /// the other's.
    /// </summary>
    protected bool TryBegin(CallOptions options, out InlineTurn turn)
    {
        var outer = SynchronizationContext.Current;
        if (outer is Activation || !grainClass.Engine.Scheduler.RunsInline || !Find().TryBeginInline(options))
        {
            turn = default;
            return false;
        }
        turn = new InlineTurn(_activation!, outer, options);
        return true;
    }

    protected ValueTask<Turn> Enter(CallOptions options) => Find().Enter(options);

    /// <summary>Bounds the wait of a caller that is itself a grain: only such callers can wait in a cycle.</summary>
    /// <param name="timeout">Of the method; null: as for any other.</param>
    protected Task Watch(Task call, string method, TimeSpan? timeout = null) =>
        call.IsCompleted || SynchronizationContext.Current is not Activation caller
            ? call
            : caller.Engine.Deadlines.Bound(call, this, method, timeout);

    /// <inheritdoc cref="Watch(Task, string, TimeSpan?)"/>
    protected Task<T> Watch<T>(Task<T> call, string method, TimeSpan? timeout = null) =>
        call.IsCompleted || SynchronizationContext.Current is not Activation caller
            ? call
            : caller.Engine.Deadlines.Bound(call, this, method, timeout);

    /// <summary>Leaves a one-way call to itself; its failure is only logged.</summary>
    protected void Forget(Task call, string method)
    {
        if (!call.IsCompletedSuccessfully)
            _ = grainClass.Engine.Log.Observe(call, this, method);
    }

    private Activation Find()
    {
        var activation = _activation;
        return activation is { IsGone: false } ? activation : _activation = grainClass.Find(key);
    }
}
