using System.Data.Common;
using Grid.Ledger;
using Shouldly;
using static System.Text.Encoding;

namespace Grid.Tests.Ledger;

/// <summary>The stored states of grains in a database, read and written without the grains.</summary>
internal static class StoredStates
{
    public static async Task<string?> StoredState(this IStateDatabase database, string name, string key)
    {
        await using var connection = await database.Connections.OpenConnectionAsync();
        await using var command = Statement(connection, "SELECT payload FROM grain_states WHERE name = @name AND key = @key", name, key);
        return await command.ExecuteScalarAsync() is byte[] payload ? UTF8.GetString(payload) : null;
    }

    /// <summary>Writes a state; the next activation of the grain reads it.</summary>
    public static async Task ReplaceState(this IStateDatabase database, string name, string key, string json)
    {
        await using var connection = await database.Connections.OpenConnectionAsync();
        await using var command = Statement(connection, "UPDATE grain_states SET payload = @payload WHERE name = @name AND key = @key", name, key);
        Add(command, "@payload", UTF8.GetBytes(json));
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);
    }

    public static async Task Execute(this IStateDatabase database, string sql)
    {
        await using var connection = await database.Connections.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<long> Number(this IStateDatabase database, string sql)
    {
        await using var connection = await database.Connections.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync()).ShouldNotBeNull();
    }

    private static DbCommand Statement(DbConnection connection, string sql, string name, string key)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        Add(command, "@name", name);
        Add(command, "@key", key);
        return command;
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}
