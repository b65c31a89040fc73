namespace Grid.InProcess.Turns;

/// <summary>Where turns run.</summary>
internal abstract class TurnScheduler
{
    /// <summary>Whether a call from outside of the grains may begin on its caller's thread.</summary>
    internal abstract bool RunsInline { get; }

    /// <summary>How many items an activation runs before others get its thread.</summary>
    internal abstract int ItemsPerTurn { get; }

    internal abstract void Schedule(IThreadPoolWorkItem work);
}

/// <summary>Turns on the thread pool, as many at once as it has threads.</summary>
internal sealed class PoolScheduler(int itemsPerTurn) : TurnScheduler
{
    internal override bool RunsInline => true;

    internal override int ItemsPerTurn => itemsPerTurn;

    internal override void Schedule(IThreadPoolWorkItem work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
}
