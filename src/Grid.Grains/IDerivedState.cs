namespace Grid.Grains;

/// <summary>
/// The state of a grain that can recompute it from the log. When the stored state is unreadable, an empty one replaces it and the grain recomputes it
/// instead of failing to activate.
/// </summary>
public interface IDerivedState
{
    /// <summary>Whether this state replaces an unreadable one. Not stored.</summary>
    bool IsUnreadable { get; set; }
}
