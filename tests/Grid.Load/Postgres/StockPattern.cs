using System.Diagnostics;
using Npgsql;

namespace Grid.Load.Postgres;

/// <summary>
/// What the usual grain storage does: each call writes the whole state of its grain with one prepared statement in a transaction of its
/// own, checking the version that it read before.
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
        new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = Connections, NoResetOnClose = true, Pooling = true });

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

    public async Task<List<long>> Run(int seconds)
    {
        var share = states.Ids.Length / Connections;
        var end = Stopwatch.GetTimestamp() + (seconds * Stopwatch.Frequency);
        var runs = await Task.WhenAll(Enumerable.Range(0, Connections).Select(number => Task.Run(() => Calls(number, share, end))));
        return [.. runs.SelectMany(latencies => latencies)];
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<List<long>> Calls(int number, int share, long end)
    {
        var random = new Random(number);
        var latencies = new List<long>();
        await using var connection = await _source.OpenConnectionAsync();
        var (id, payload, version) = (new NpgsqlParameter<string>(), new NpgsqlParameter<byte[]>(), new NpgsqlParameter<long>());
        await using var command = new NpgsqlCommand(Upsert, connection) { Parameters = { id, payload, version } };
        (id.TypedValue, payload.TypedValue) = ("", []);
        await command.PrepareAsync();
        while (Stopwatch.GetTimestamp() is var start && start < end)
        {
            var customer = (number * share) + random.Next(share);
            var next = states.Next(customer, _versions[customer] + 1);
            (id.TypedValue, payload.TypedValue, version.TypedValue) = (next.Customer.Value, next.State, _versions[customer]);
            if (await command.ExecuteScalarAsync() is not long written) throw new InvalidOperationException("Somebody else wrote a customer.");
            _versions[customer] = written;
            latencies.Add(Stopwatch.GetTimestamp() - start);
        }

        return latencies;
    }
}
