using System.Diagnostics;
using Grid.Model.Customers;
using Npgsql;

namespace Grid.Load.Postgres;

/// <summary>
/// The pattern of ordinary grain storage: each call writes the whole state of its grain with one statement in a transaction of its own, checking the
/// version that it read before.
/// </summary>
internal sealed class StockPattern(string connectionString, CustomerStates states) : IAsyncDisposable
{
    public const int Connections = 200;

    private const string Table = """
        CREATE TABLE stock_states (
            id text COLLATE "C" NOT NULL PRIMARY KEY, payload bytea NOT NULL, modified_on timestamptz NOT NULL, version bigint NOT NULL)
        """;

    private const string Upsert = """
        INSERT INTO stock_states AS s (id, payload, modified_on, version) VALUES ($1, $2, now(), 1)
        ON CONFLICT (id) DO UPDATE SET payload = excluded.payload, modified_on = excluded.modified_on, version = s.version + 1
        WHERE s.version = $3
        RETURNING version
        """;

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = Connections, Pooling = true });

    private readonly long[] _versions = new long[states.Ids.Length];

    public async Task Fill()
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using (var making = new NpgsqlCommand(Table, connection)) await making.ExecuteNonQueryAsync();
        await using (var import = await connection.BeginBinaryImportAsync("COPY stock_states FROM STDIN (FORMAT binary)"))
        {
            for (var customer = 0; customer < states.Ids.Length; customer++)
            {
                await import.StartRowAsync();
                await import.WriteAsync(states.Ids[customer].Value);
                await import.WriteAsync(states.First(customer).State);
                await import.WriteAsync(DateTime.UnixEpoch);
                await import.WriteAsync(1L);
                _versions[customer] = 1;
            }

            await import.CompleteAsync();
        }

        await using var vacuum = new NpgsqlCommand("VACUUM ANALYZE stock_states", connection) { CommandTimeout = 0 };
        await vacuum.ExecuteNonQueryAsync();
    }

    /// <summary>
    /// As a provider does that serves any database: each call takes a connection from the pool and sends its statement as text.
    /// </summary>
    public Task<List<long>> Run(int seconds) => Run(seconds, async (next, expected) =>
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var command = Command(connection);
        return await Call(command, next, expected);
    });

    /// <summary>At its leanest: each caller keeps a connection and a prepared statement for ever.</summary>
    public Task<List<long>> RunPrepared(int seconds) => Run(seconds, null);

    private async Task<List<long>> Run(int seconds, Func<CustomerChange, long, Task<long>>? call)
    {
        var share = states.Ids.Length / Connections;
        var end = Stopwatch.GetTimestamp() + (seconds * Stopwatch.Frequency);
        var runs = await Task.WhenAll(Enumerable.Range(0, Connections).Select(number => Task.Run(() => Caller(number, share, end, call))));
        return [.. runs.SelectMany(latencies => latencies)];
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<List<long>> Caller(int number, int share, long end, Func<CustomerChange, long, Task<long>>? call)
    {
        if (call is not null) return await Calls(number, share, end, call);
        await using var connection = await _source.OpenConnectionAsync();
        await using var command = Command(connection);
        await command.PrepareAsync();
        return await Calls(number, share, end, (next, expected) => Call(command, next, expected));
    }

    private async Task<List<long>> Calls(int number, int share, long end, Func<CustomerChange, long, Task<long>> call)
    {
        var random = new Random(number);
        var latencies = new List<long>();
        while (Stopwatch.GetTimestamp() is var start && start < end)
        {
            var customer = (number * share) + random.Next(share);
            _versions[customer] = await call(states.Next(customer, _versions[customer] + 1), _versions[customer]);
            latencies.Add(Stopwatch.GetTimestamp() - start);
        }

        return latencies;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection) => new(Upsert, connection)
    {
        Parameters =
        {
            new NpgsqlParameter<string> { TypedValue = "" },
            new NpgsqlParameter<byte[]> { TypedValue = [] },
            new NpgsqlParameter<long>(),
        },
    };

    private static async Task<long> Call(NpgsqlCommand command, CustomerChange next, long expected)
    {
        ((NpgsqlParameter<string>)command.Parameters[0]).TypedValue = next.Customer.Value;
        ((NpgsqlParameter<byte[]>)command.Parameters[1]).TypedValue = next.State;
        ((NpgsqlParameter<long>)command.Parameters[2]).TypedValue = expected;
        return await command.ExecuteScalarAsync() as long? ?? throw new InvalidOperationException("Somebody else wrote a customer.");
    }
}
