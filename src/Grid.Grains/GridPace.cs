namespace Grid.Grains;

/// <summary>Who lets time pass.</summary>
public enum GridPace
{
    /// <summary>The grid's own loops, on its clock.</summary>
    ByItself,

    /// <summary>Whoever drives a replay step by step.</summary>
    ByDriver,
}
