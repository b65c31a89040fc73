namespace Grid.Server.Silos;

/// <summary>Gauges of the silo.</summary>
/// <param name="ResidentGrains">Activations in this process now.</param>
internal sealed record EngineGauges(Func<ValueTask<long>> ResidentGrains);
