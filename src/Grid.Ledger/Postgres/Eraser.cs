using System.Collections.Concurrent;
using System.Globalization;
using Grid.Ledger.Log;
using Grid.Ledger.Postgres.Following;
using Grid.Model.Bytes;
using Grid.Model.Customers;
using Grid.Model.Transitions;
using Npgsql;

namespace Grid.Ledger.Postgres;

/// <summary>
/// Erases a person: at once the row, the rejects and the deliveries, then the name in the log, some pages at a time. The second part is recorded in the
/// database first; the next process that opens the ledger resumes it. Other processes learn of it from a batch of the log, as of any change.
/// </summary>
internal sealed class Eraser(Database database, CommitFeed publication, LogFollower follower, Notifications notices, PostgresLedgerOptions options)
{
    private const long PagesPerTurn = 32;

    // Erasures of this process that a failure interrupted.
    private readonly ConcurrentQueue<long> _left = [];

    public async ValueTask<bool> Erase(CustomerId customer, CancellationToken cancellation)
    {
        var (existed, erasure) = await database.Write("erasing a customer", customer, EraseRow);
        follower.Nudge();
        notices.Committed();
        await Finish(erasure.Number);
        while (_left.TryDequeue(out var number)) await Finish(number);
        var pages = new long[options.Lanes];
        pages[erasure.Lane] = erasure.Page;
        await publication.Reach(pages, cancellation);
        return existed;
    }

    /// <summary>Finishes all erasures that have begun, also those of other processes.</summary>
    public async Task FinishAll()
    {
        var place = new Place();
        while (await database.Write("erasing a name from the log", place, static (connection, place) => Turn(connection, place, null)))
        {
            // The loop continues with the next pages, or with the next erasure.
        }
    }

    /// <summary>
    /// Finishes one erasure and leaves the others to their own callers. If each of many finished all, each would wait for all, and so would the
    /// events of its customer.
    /// </summary>
    private async Task Finish(long number)
    {
        var work = (Place: new Place(), Number: number);
        try
        {
            while (await database.Write("erasing a name from the log", work, static (connection, work) => Turn(connection, work.Place, work.Number)))
            {
                // The loop continues with the next pages.
            }
        }
        catch
        {
            _left.Enqueue(number);
            throw;
        }
    }

    private async Task<(bool Existed, Erasure Erasure)> EraseRow(NpgsqlConnection connection, CustomerId customer)
    {
        var id = Database.Value(customer.Value);
        var lane = LaneOf.Customer(customer, options.Lanes);
        await using var transaction = await connection.BeginTransactionAsync();
        var existed = await Execute(connection, "customer-remove", id) > 0;
        await Execute(connection, "rejects-of-customer-remove", Database.Value(customer.Value));
        await Execute(connection, "deliveries-of-customer-remove", Database.Value(customer.Value));
        await using var counting = Database.Statement(connection, "counter-next", Database.Value("erasures"));
        var erasure = new Erasure((long)(await counting.ExecuteScalarAsync())!, customer, lane, 0, 0);
        await using (var numbering = Database.Statement(connection, "lane-number", Database.Value((short)lane)))
        await using (var reader = await numbering.ExecuteReaderAsync())
        {
            await reader.ReadAsync();
            erasure = erasure with { Page = reader.GetInt64(0), Head = reader.GetInt64(1) };
        }

        var telling = new CustomerPage();
        telling.Begin(1);
        telling.AddErased(new Erased(customer, erasure.Name));
        telling.End();
        await Execute(
            connection,
            "group-erasing",
            Database.Value((short)lane),
            Database.Value(erasure.Page),
            Database.Value(erasure.Head),
            Database.Value(telling.Written.ToArray()));
        await Execute(
            connection,
            "erasure-add",
            Database.Value(erasure.Number),
            Database.Value(customer.Value),
            Database.Value((short)lane),
            Database.Value(erasure.Head),
            Database.Value(erasure.Page));
        await transaction.CommitAsync();
        return (existed, erasure);
    }

    /// <summary>
    /// Processes some pages of an erasure, or of the first unfinished one; returns whether more may follow. The pages are locked before they are
    /// changed: another erasure may be replacing another name on the same page.
    /// </summary>
    private static async Task<bool> Turn(NpgsqlConnection connection, Place place, long? number)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        if (await Next(connection, number) is not { } erasure) return false;
        if (erasure.Number != place.Number) place.Begin(erasure.Number);
        var name = ByteWriter.TextBytes(erasure.Customer.Value);
        var (last, page) = (place.Last, place.Page);
        var renamed = await Read(connection, "log-naming", erasure.Lane, last, erasure.Head, name);
        foreach (var (at, bytes) in renamed) await Execute(connection, "log-replace", Arguments(erasure, at, Renamed(erasure, at, bytes)));
        var emptied = await Read(connection, "groups-naming", erasure.Lane, page, erasure.Page, name);
        foreach (var (at, bytes) in emptied) await Execute(connection, "groups-replace", Arguments(erasure, at, Without(erasure, bytes)));
        if (renamed.Count == 0 && emptied.Count == 0) await Execute(connection, "erasure-remove", Database.Value(erasure.Number));
        await transaction.CommitAsync();
        if (renamed.Count > 0) place.Last = renamed[^1].Number;
        if (emptied.Count > 0) place.Page = emptied[^1].Number;
        return true;
    }

    private static async Task<Erasure?> Next(NpgsqlConnection connection, long? number)
    {
        await using var command = number is null
            ? Database.Statement(connection, "erasure-next")
            : Database.Statement(connection, "erasure-find", Database.Value(number.Value));
        await using var reader = await command.ExecuteReaderAsync();
        if (!await reader.ReadAsync()) return null;
        return new Erasure(
            reader.GetInt64(0), new CustomerId(reader.GetString(1)), reader.GetInt16(2), reader.GetInt64(3), reader.GetInt64(4));
    }

    private static async Task<List<(long Number, byte[] Bytes)>> Read(
        NpgsqlConnection connection, string statement, int lane, long after, long until, byte[] name)
    {
        await using var command = Database.Statement(
            connection,
            statement,
            Database.Value((short)lane),
            Database.Value(after),
            Database.Value(until),
            Database.Value(name),
            Database.Value(PagesPerTurn));
        await using var reader = await command.ExecuteReaderAsync();
        var pages = new List<(long, byte[])>();
        while (await reader.ReadAsync()) pages.Add((reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)));
        return pages;
    }

    private static byte[] Renamed(Erasure erasure, long last, byte[] bytes)
    {
        var items = new List<LoggedTransition>();
        TransitionPage.Read(bytes, erasure.Lane, last, items);
        var page = new TransitionPage();
        page.Begin(items.Count, items[0].Transition.RecordedAt);
        foreach (var item in items) page.Add(erasure.Rename(item.Transition));
        page.End();
        return page.Written.ToArray();
    }

    private static byte[] Without(Erasure erasure, byte[] bytes)
    {
        var (customers, erased) = CustomerPage.Read(bytes);
        customers.RemoveAll(customer => customer.Customer == erasure.Customer);
        var page = new CustomerPage();
        page.Begin(customers.Count + (erased is null ? 0 : 1));
        foreach (var customer in customers) page.Add(customer);
        if (erased is not null) page.AddErased(erased);
        page.End();
        return page.Written.ToArray();
    }

    private static NpgsqlParameter[] Arguments(Erasure erasure, long number, byte[] page) =>
        [Database.Value((short)erasure.Lane), Database.Value(number), Database.Value(page)];

    private static async Task<int> Execute(NpgsqlConnection connection, string statement, params NpgsqlParameter[] arguments)
    {
        await using var command = Database.Statement(connection, statement, arguments);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>The last page searched; some pages contain the bytes of a name without containing the name.</summary>
    private sealed class Place
    {
        public long Number { get; private set; }
        public long Last { get; set; }
        public long Page { get; set; }

        public void Begin(long number) => (Number, Last, Page) = (number, 0, 0);
    }

    private sealed record Erasure(long Number, CustomerId Customer, int Lane, long Head, long Page)
    {
        /// <summary>Replaces the customer's name; the number reveals nothing about the person.</summary>
        public CustomerId Name => new(string.Create(CultureInfo.InvariantCulture, $"erased:{Number}"));

        public Transition Rename(Transition transition) =>
            transition.Customer == Customer ? transition with { Customer = Name } : transition;
    }
}
