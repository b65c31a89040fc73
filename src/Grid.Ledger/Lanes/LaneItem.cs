namespace Grid.Ledger.Lanes;

/// <summary>An item in the queue of a lane.</summary>
internal abstract class LaneItem
{
    /// <summary>Fails the caller's task. Nothing of the item was written.</summary>
    public abstract void Fail(Exception failure);
}

/// <summary>An item without content, which wakes the lane for its own work.</summary>
internal sealed class Nudge : LaneItem
{
    public static readonly Nudge Instance = new();

    public override void Fail(Exception failure)
    {
        // No task awaits it.
    }
}
