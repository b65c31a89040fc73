using System.Collections.Concurrent;
using Grid.Ledger;
using Grid.Ledger.Postgres;
using Grid.Model.Customers;
using Grid.Testing.Postgres;
using Grid.Tests.Ledger;
using Grid.Tests.Ledger.Postgres;
using Npgsql;
using Shouldly;
using Xunit;
using Database = Grid.Ledger.Sqlite.Database;

namespace Grid.Tests.Deployment;

/// <summary>Ledgers backed up and restored with the commands of the runbook, while customers go on buying.</summary>
public sealed class BackedUpLedgerTests
{
    private const int Customers = 60;
    private readonly Shopper[] _shoppers = [.. Enumerable.Range(0, Customers).Select(n => new Shopper($"c{n}"))];
    private readonly ConcurrentDictionary<(CustomerId Customer, long Version), byte[]> _states = [];
    private readonly Dictionary<CustomerId, long> _before = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OfAFileHoldsEverythingCommittedBefore()
    {
        await using var store = new SqliteStore();
        var copy = Path.Combine(store.Folder, "copy.db");
        var sql = Word("sqlite3 ", "VACUUM INTO").Split('"')[1].Replace("/var/backups/grid.db", copy, StringComparison.Ordinal);

        // Small bounds, so that some customers are in rows, some in the journal, and a checkpoint is under way.
        var ledger = await store.OpenFile(new LedgerLimits { MemTableRowsMax = 20, SliceRowsMax = 2 });
        await CopyMeanwhile(ledger, () => Task.Run(
            () =>
            {
                using var other = Database.Open(store.File, readOnly: false);
                other.Execute(sql);
            },
            Cancellation));
        var log = await Log(ledger);
        await ledger.DisposeAsync();

        await ShouldHold(await store.OpenFile(file: copy), log);
    }

    [Fact]
    public async Task OfPostgresHoldsEverythingCommittedBefore()
    {
        await using var server = await SharedPostgres.Own();
        await server.Execute("CREATE DATABASE grid");
        var connection = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = "grid" }.ConnectionString;
        var folder = Directory.CreateTempSubdirectory("grid-dump-").FullName;
        try
        {
            var dump = Path.Combine(folder, "grid.dump");
            IReadOnlyList<LoggedTransition> log;
            await using (var ledger = await Open(connection))
            {
                await CopyMeanwhile(ledger, () => Run(server, Word("pg_dump "), dump));
                await Run(server, Word("pg_basebackup "), Path.Combine(folder, "base"));
                await Run(server, Word("pg_verifybackup "), Path.Combine(folder, "base"), remote: false);
                log = await Log(ledger);
            }

            await server.Execute("DROP DATABASE grid");
            await Run(server, Word("createdb "), dump);
            await Run(server, Word("pg_restore "), dump);

            await using var restored = await Open(connection);
            await ShouldHold(restored, log);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The one line of the runbook that begins with this text.</summary>
    private static string Word(string begin, string holds = "") =>
        Runbook.Blocks("sh").Single(line => line.StartsWith(begin, StringComparison.Ordinal) && line.Contains(holds));

    private static Task Run(PostgresServer server, string line, string path, bool remote = true)
    {
        var words = line.Split(' ').Select(word => word.Contains("/var/backups/") ? word[..word.IndexOf('/')] + path : word).ToList();
        string[] where = remote ? [$"--host={server.Folder}", "--username=grid"] : [];

        // Where the server's programs are links to a folder, the others are in that folder.
        var program = Path.Combine(server.Binaries, "initdb");
        var folder = Path.GetDirectoryName(File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program)!;
        return PostgresServer.Run(Path.Combine(folder, words[0]), [.. where, .. words[1..]]);
    }

    private static async Task<PostgresLedger> Open(string connection)
    {
        var ledger = new PostgresLedger(new PostgresLedgerOptions(connection));
        await ledger.Open(Cancellation);
        return ledger;
    }

    private async Task CopyMeanwhile(ILedger ledger, Func<Task> copy)
    {
        for (var round = 0; round < 5; round++) await Buy(ledger);
        foreach (var (customer, version) in _states.Keys) _before[customer] = Math.Max(version, _before.GetValueOrDefault(customer));
        using var copied = new CancellationTokenSource();
        var buying = Task.Run(
            async () =>
            {
                do await Buy(ledger);
                while (!copied.IsCancellationRequested);
            },
            Cancellation);
        await copy();
        await copied.CancelAsync();
        await buying;
    }

    private async Task Buy(ILedger ledger)
    {
        foreach (var shopper in _shoppers)
        {
            var change = shopper.Buys(null, "journey - first");
            _states[(change.Customer, change.Version)] = change.State.ToArray();
            (await ledger.Commit(change)).ShouldBeOfType<Committed>();
        }
    }

    private async Task ShouldHold(ILedger ledger, IReadOnlyList<LoggedTransition> log)
    {
        foreach (var (customer, version) in _before)
        {
            var row = (await ledger.Load(customer, Cancellation)).ShouldNotBeNull();
            row.Version.ShouldBeGreaterThanOrEqualTo(version);
            row.State.ToArray().ShouldBe(_states[(customer, row.Version)]);
        }

        var kept = await Log(ledger);
        kept.Count.ShouldBeInRange((int)_before.Values.Sum(), log.Count);
        foreach (var lane in kept.GroupBy(item => item.Lane))
            lane.ShouldBe(log.Where(item => item.Lane == lane.Key).Take(lane.Count()));
        var bought = kept.CountBy(item => item.Transition.Customer).ToDictionary();
        foreach (var shopper in _shoppers) (await ledger.Load(shopper.Id, Cancellation))!.Version.ShouldBe(bought[shopper.Id]);
    }

    private static async Task<IReadOnlyList<LoggedTransition>> Log(ILedger ledger)
    {
        var log = new List<LoggedTransition>();
        for (var position = LogPosition.Start; ;)
        {
            var page = await ledger.Tail(position, 10_000, Cancellation);
            if (page.Items.Count == 0) return log;
            log.AddRange(page.Items);
            position = page.Next;
        }
    }
}
