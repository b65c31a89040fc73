using Grid.Grains.Audits;
using Grid.Grains.Rules;
using Grid.Grains.Segments;
using Grid.Ledger;

namespace Grid.Server.Silos;

/// <summary>Reads the states that grains have stored in a ledger on which no silo runs.</summary>
internal static class StoredStates
{
    // The grains of which there is one have this key.
    private const string Only = "grid";

    private const string Select = "SELECT payload FROM grain_states WHERE service = @service AND name = @name AND key = @key AND payload IS NOT NULL";

    public static async Task<StoredGrid> Read(IStateDatabase database, CancellationToken cancellation) => new(
        await Read<RulebookState>(database, "rulebook", Only, cancellation) ?? new RulebookState(),
        await Read<BaselineState>(database, "baseline", Only, cancellation) ?? new BaselineState(),
        (scheme, waiting) => Read<SegmentState>(database, "segment", scheme, waiting));

    private static async Task<T?> Read<T>(IStateDatabase database, string name, string key, CancellationToken cancellation)
        where T : class
    {
        await using var connection = await database.Connections.OpenConnectionAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = Select;
        foreach (var (parameter, value) in new[] { ("service", SiloHost.ServiceId), ("name", name), ("key", key) })
        {
            var argument = command.CreateParameter();
            (argument.ParameterName, argument.Value) = (parameter, value);
            command.Parameters.Add(argument);
        }

        return await command.ExecuteScalarAsync(cancellation) is byte[] payload ? new StateSerializer().Deserialize<T>(new BinaryData(payload)) : null;
    }
}
