namespace Grid.Server.Engines;

internal static class EngineFailures
{
    /// <summary>Nothing of an engine in one process passes by itself.</summary>
    public static bool AreTemporary(Exception reason) => false;
}
