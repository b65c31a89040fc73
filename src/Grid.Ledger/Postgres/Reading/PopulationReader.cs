using System.Runtime.CompilerServices;
using Grid.Model.Customers;
using Grid.Model.Time;
using Npgsql;

namespace Grid.Ledger.Postgres.Reading;

/// <summary>Reads all customers, or those of a partition, as of one position.</summary>
/// <param name="scans">Limits concurrent scans of rows. Like the limit for heads, never disposed of: a scan may end after the ledger.</param>
internal sealed class PopulationReader(Database database, SemaphoreSlim scans, SemaphoreSlim headScans, LedgerLimits limits)
{
    /// <summary>The first bytes of a state that are read at once; nearly every head fits into them.</summary>
    private const int HeadBytes = 1_024;

    public Task<LedgerScan> Everyone(CancellationToken cancellation) => Rows([Database.Part("customers-all")], cancellation);

    public Task<LedgerScan> Partition(int partition, CancellationToken cancellation) =>
        Rows([Database.Part("plan-partition"), Database.Part("customers-of-partition", Database.Value(partition))], cancellation);

    public async Task<PartitionScan> Heads(int partition, CancellationToken cancellation)
    {
        var snapshot = await Snapshot.Take(database, headScans, cancellation);
        var damaged = new List<LedgerException>();
        return new PartitionScan(snapshot.CommitPosition, Heads(snapshot, partition, damaged, cancellation), damaged, snapshot);
    }

    private async Task<LedgerScan> Rows(NpgsqlBatchCommand[] declare, CancellationToken cancellation)
    {
        var snapshot = await Snapshot.Take(database, scans, cancellation);
        return new LedgerScan(snapshot.Position, snapshot.Read(declare, limits.ScanRowsMax, CustomerRows.From, cancellation), snapshot);
    }

    private async IAsyncEnumerable<CommittedCustomer> Heads(
        Snapshot snapshot, int partition, List<LedgerException> damaged, [EnumeratorCancellation] CancellationToken cancellation)
    {
        NpgsqlBatchCommand[] declare =
        [
            Database.Part("plan-partition"),
            Database.Part("heads-of-partition", Database.Value(partition), Database.Value(HeadBytes)),
        ];
        await foreach (var start in snapshot.Read(declare, limits.ScanHeadsMax, RowStart.From, cancellation))
        {
            if (start.Head() is { } head)
            {
                yield return head;
                continue;
            }

            // The head is longer than these bytes, or damaged; the whole row shows which.
            var row = await Snapshot.Run(() => Row(snapshot.Connection, start.Customer, cancellation));
            if (row.Damage is { } damage) damaged.Add(damage);
            else yield return CommittedCustomer.From(row.Customer, row.Row.Version, row.Row.DueAt, row.Row.State);
        }
    }

    /// <summary>A whole row, in the transaction of the scan.</summary>
    private static async Task<StoredRow> Row(NpgsqlConnection connection, CustomerId customer, CancellationToken cancellation)
    {
        string[] ids = [customer.Value];
        await using var loading = Database.Statement(connection, "customers-load", Database.Value(ids));
        await using var reader = await loading.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return CustomerRows.From(reader);
    }

    /// <summary>A row with the first bytes of its state.</summary>
    private sealed record RowStart(CustomerId Customer, long Version, Instant DueAt, byte[] State)
    {
        public static RowStart From(NpgsqlDataReader reader) => new(
            new CustomerId(reader.GetString(0)),
            reader.GetInt64(1),
            reader.IsDBNull(2) ? Instant.Never : new Instant(reader.GetInt64(2)),
            reader.GetFieldValue<byte[]>(3));

        /// <summary>Null when the bytes read do not contain the head.</summary>
        public CommittedCustomer? Head()
        {
            try
            {
                var head = CommittedCustomer.From(Customer, State);
                return (head.Version, head.DueAt) == (Version, DueAt) ? head : null;
            }
            catch (InvalidDataException)
            {
                return null;
            }
        }
    }
}
