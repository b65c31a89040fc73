namespace Grid.Grains;

/// <summary>
/// The state of a grain that can compute it again from the log. When what is stored cannot be read, an empty state takes its place and
/// the grain rebuilds it, instead of failing to start.
/// </summary>
public interface IDerivedState
{
    /// <summary>Whether this state took the place of one that could not be read. Not stored.</summary>
    bool IsUnreadable { get; set; }
}
