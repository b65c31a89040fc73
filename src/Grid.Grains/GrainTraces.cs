using System.Diagnostics;

namespace Grid.Grains;

/// <summary>Spans of our own, beside those that Orleans makes of each call. They carry no customer's name.</summary>
public static class GrainTraces
{
    public const string SourceName = "Grid";

    internal static readonly ActivitySource Source = new(SourceName);
}
