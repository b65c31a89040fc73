namespace Grid.Server.Silos;

/// <summary>What an engine says of itself.</summary>
/// <param name="ResidentGrains">Activations in this process now.</param>
internal sealed record EngineGauges(Func<ValueTask<long>> ResidentGrains);
