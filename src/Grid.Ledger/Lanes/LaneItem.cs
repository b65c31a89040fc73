namespace Grid.Ledger.Lanes;

/// <summary>Something that waits for the lane.</summary>
internal abstract class LaneItem
{
    /// <summary>Answers the caller with a failure. Nothing of the item was written.</summary>
    public abstract void Fail(Exception failure);
}

/// <summary>Wakes the lane when it may have something to do of its own.</summary>
internal sealed class Nudge : LaneItem
{
    public static readonly Nudge Instance = new();

    public override void Fail(Exception failure)
    {
        // No task awaits it.
    }
}
