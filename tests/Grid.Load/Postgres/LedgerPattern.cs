using System.Diagnostics;
using Grid.Ledger;
using Grid.Ledger.Postgres;
using Npgsql;

namespace Grid.Load.Postgres;

/// <summary>Callers of the ledger that each wait for an answer before their next change.</summary>
internal sealed class LedgerPattern(string connectionString, CustomerStates states) : IAsyncDisposable
{
    private readonly PostgresLedger _ledger = new(new PostgresLedgerOptions(connectionString));
    private readonly long[] _versions = new long[states.Ids.Length];

    public LedgerStatistics Statistics => _ledger.Statistics;

    public async Task Fill()
    {
        await _ledger.Open(CancellationToken.None);
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using (var import = await connection.BeginBinaryImportAsync("COPY customers FROM STDIN (FORMAT binary)"))
        {
            for (var customer = 0; customer < states.Ids.Length; customer++)
            {
                var change = states.First(customer);
                await import.StartRowAsync();
                await import.WriteAsync(change.Customer.Value);
                await import.WriteAsync(1L);
                if (change.DueAt.IsNever) await import.WriteNullAsync();
                else await import.WriteAsync(change.DueAt.Milliseconds);
                await import.WriteAsync(change.State);
                _versions[customer] = 1;
            }

            await import.CompleteAsync();
        }

        await using var vacuum = new NpgsqlCommand("VACUUM ANALYZE customers", connection) { CommandTimeout = 0 };
        await vacuum.ExecuteNonQueryAsync();
    }

    public async Task<List<long>> Run(int committers, int seconds)
    {
        var share = states.Ids.Length / committers;
        var end = Stopwatch.GetTimestamp() + (seconds * Stopwatch.Frequency);
        var runs = await Task.WhenAll(Enumerable.Range(0, committers).Select(number => Task.Run(() => Calls(number, share, end))));
        return [.. runs.SelectMany(latencies => latencies)];
    }

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    private async Task<List<long>> Calls(int number, int share, long end)
    {
        var random = new Random(number);
        var latencies = new List<long>();
        while (Stopwatch.GetTimestamp() is var start && start < end)
        {
            var customer = (number * share) + random.Next(share);
            var outcome = await _ledger.Commit(states.Next(customer, ++_versions[customer]));
            if (outcome is not Committed) throw new InvalidOperationException($"Unexpected: {outcome}");
            latencies.Add(Stopwatch.GetTimestamp() - start);
        }

        return latencies;
    }
}
