using System.Threading.Channels;
using Grid.Model.Customers;
using Npgsql;

namespace Grid.Ledger.Postgres.Reading;

/// <summary>
/// Loads rows by id with a few readers. Each reader takes all waiting requests and loads them with one statement, so that many customers returning at
/// once cost a few messages instead of one each.
/// </summary>
internal sealed class CustomerLoader : IAsyncDisposable
{
    private readonly Database _database;
    private readonly int _customersMax;
    private readonly Channel<Waiting> _waiting;
    private readonly Task _reading;

    public CustomerLoader(Database database, LedgerLimits limits)
    {
        (_database, _customersMax) = (database, limits.LoadCustomersMax);
        _waiting = Channel.CreateBounded<Waiting>(limits.WaitingMax);
        _reading = Task.WhenAll(Enumerable.Range(0, limits.ReadersMax).Select(_ => Task.Run(Run)));
    }

    public async ValueTask<CustomerRow?> Load(CustomerId customer, CancellationToken cancellation)
    {
        var waiting = new Waiting(customer);
        try
        {
            await _waiting.Writer.WriteAsync(waiting, cancellation);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(ILedger), "The ledger is closed.");
        }

        return await waiting.Answer.Task.WaitAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _reading;
    }

    private async Task Run()
    {
        var requested = new List<Waiting>();
        while (await _waiting.Reader.WaitToReadAsync())
        {
            requested.Clear();
            while (requested.Count < _customersMax && _waiting.Reader.TryRead(out var waiting)) requested.Add(waiting);
            if (requested.Count == 0) continue;
            try
            {
                var ids = requested.Select(waiting => waiting.Customer.Value).Distinct(StringComparer.Ordinal).ToArray();
                var rows = await _database.Read("reading customers", ids, Read, CancellationToken.None);
                foreach (var waiting in requested) waiting.Settle(rows);
            }
            catch (Exception failure)
            {
                foreach (var waiting in requested) waiting.Answer.TrySetException(failure);
            }
        }
    }

    private async Task<Dictionary<CustomerId, StoredRow>> Read(NpgsqlConnection connection, string[] ids, CancellationToken cancellation)
    {
        var rows = await Rows(connection, ids, cancellation);
        await _database.ConfirmAfterBreak(connection, cancellation);
        return rows;
    }

    private static async Task<Dictionary<CustomerId, StoredRow>> Rows(
        NpgsqlConnection connection, string[] ids, CancellationToken cancellation)
    {
        await using var batch = Database.Batch(
            connection, Database.Part("plan-by-index"), Database.Part("customers-load", Database.Value(ids)));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        var rows = new Dictionary<CustomerId, StoredRow>(ids.Length);
        while (await reader.ReadAsync(cancellation))
        {
            var row = CustomerRows.From(reader);
            rows.Add(row.Customer, row);
        }

        return rows;
    }

    private sealed class Waiting(CustomerId customer)
    {
        public CustomerId Customer { get; } = customer;

        public TaskCompletionSource<CustomerRow?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Settle(Dictionary<CustomerId, StoredRow> rows)
        {
            if (!rows.TryGetValue(Customer, out var row)) Answer.TrySetResult(null);
            else if (row.Damage is { } damage) Answer.TrySetException(damage);
            else Answer.TrySetResult(row.Row);
        }
    }
}
