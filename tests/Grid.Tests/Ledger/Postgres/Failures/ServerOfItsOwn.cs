using Grid.Ingest;
using Grid.Ingest.Responses;
using Grid.Ledger;
using Grid.Ledger.Postgres;
using Grid.Testing.Postgres;
using Microsoft.AspNetCore.Http;
using Npgsql;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Postgres.Failures;

/// <summary>A server that the test may break, with durable commits as in operation, and ledgers on it.</summary>
public abstract class ServerOfItsOwn : IAsyncLifetime
{
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(30);
    private readonly List<PostgresLedger> _opened = [];

    private protected PostgresServer Server { get; private set; } = null!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected virtual string[] Settings => [];

    public async ValueTask InitializeAsync() => Server = await SharedPostgres.Own(["shared_buffers = 32MB", .. Settings]);

    public async ValueTask DisposeAsync()
    {
        foreach (var ledger in _opened) await ledger.DisposeAsync();
        if (Server is not null) await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected async Task<PostgresLedger> Open(int lanes = 2, string? connectionString = null, LedgerLimits? limits = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString ?? Server.ConnectionString) { Pooling = true, Timeout = 2 };
        var options = new PostgresLedgerOptions(settings.ConnectionString) { Lanes = lanes, Limits = limits ?? new LedgerLimits() };
        var ledger = new PostgresLedger(options);
        await ledger.Open(Cancellation);
        _opened.Add(ledger);
        return ledger;
    }

    /// <summary>Ends the connections of all ledgers.</summary>
    private protected Task TerminateAll() => Server.Execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'grid' AND pid <> pg_backend_pid()");

    /// <summary>A connection that is not a ledger's.</summary>
    private protected async Task<NpgsqlConnection> Connection()
    {
        var connection = new NpgsqlConnection(Server.ConnectionString);
        await connection.OpenAsync(Cancellation);
        return connection;
    }

    private protected static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    /// <summary>Returns when another session waits for the transaction of a connection.</summary>
    private protected async Task WaitedFor(NpgsqlConnection holder)
    {
        await using var connection = await Connection();
        await using var command = new NpgsqlCommand("SELECT count(*) FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))", connection)
        {
            Parameters = { Database.Value(holder.ProcessID) },
        };
        while ((long)(await command.ExecuteScalarAsync(Cancellation))! == 0) await Task.Yield();
    }

    /// <summary>Retries until it succeeds.</summary>
    internal static async Task Until(Func<Task<bool>> attempt, string what)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await attempt())
        {
            if (TimeProvider.System.GetElapsedTime(began) > PatienceMax) throw new TimeoutException($"Waited {PatienceMax} for {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancellation);
        }
    }

    /// <summary>Commits new customers until a commit is refused, and returns the failure that the caller sees.</summary>
    internal static async Task<LedgerException> FirstFailure(PostgresLedger ledger, Workload workload)
    {
        while (true)
        {
            Cancellation.ThrowIfCancellationRequested();
            if (await workload.Step(ledger) is { } failure) return failure;
        }
    }

    /// <summary>Checks that the failure is temporary: events are then answered 503 with Retry-After.</summary>
    internal static void ShouldBeUnavailable(LedgerException failure)
    {
        failure.Kind.ShouldBe(FailureKind.Temporary, failure.ToString());
        var answer = Unavailability.From(failure, new IngestOptions()).ShouldNotBeNull();
        answer.Status.ShouldBe(StatusCodes.Status503ServiceUnavailable);
        answer.RetryAfterSeconds.ShouldNotBeNull().ShouldBeGreaterThan(0);
    }
}
