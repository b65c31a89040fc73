namespace Grid.Grains;

/// <summary>What advances time: the clock, or the driver of a replay.</summary>
public enum GridPace
{
    /// <summary>The grid's own loops, on its clock.</summary>
    ByItself,

    /// <summary>The driver of a replay decides each step.</summary>
    ByDriver,
}
