using Grid.Ledger;
using Npgsql;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Postgres;

/// <summary>A partition is read through its index, and not by reading every row.</summary>
public sealed class PartitionPlansTests : IAsyncDisposable
{
    private readonly PostgresStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [InlineData("heads-of-partition", false)]
    [InlineData("heads-of-partition", true)]
    [InlineData("customers-of-partition", false)]
    [InlineData("customers-of-partition", true)]
    public async Task ReadTheIndexOfPartitions(string statement, bool analyzed)
    {
        await _store.Open();
        var connectionString = await _store.ConnectionString();
        const string Fill = "INSERT INTO customers SELECT 'c' || n, 1, NULL, decode(repeat('00', 1000), 'hex') FROM generate_series(1, 20000) n";
        await SharedPostgres.Execute(connectionString, Fill);
        if (analyzed) await SharedPostgres.Execute(connectionString, "ANALYZE customers");
        var plan = await Plan(connectionString, statement);
        plan.ShouldContain("customers_by_partition");
        plan.ShouldNotContain("customers_pkey");
        plan.ShouldNotContain("Seq Scan");
    }

    private static async Task<string> Plan(string connectionString, string statement)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using var preparing = new NpgsqlCommand(SqlFiles.Postgres.Of("plan-partition"), connection);
        await preparing.ExecuteNonQueryAsync(Cancellation);
        await using var explaining = new NpgsqlCommand($"EXPLAIN {SqlFiles.Postgres.Of(statement)}", connection);
        explaining.Parameters.Add(new NpgsqlParameter<int> { TypedValue = 7 });
        if (statement == "heads-of-partition") explaining.Parameters.Add(new NpgsqlParameter<int> { TypedValue = 1_024 });
        var lines = new List<string>();
        await using var reader = await explaining.ExecuteReaderAsync(Cancellation);
        while (await reader.ReadAsync(Cancellation)) lines.Add(reader.GetString(0));
        return string.Join('\n', lines);
    }
}
