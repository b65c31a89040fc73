using Grid.Model.Customers;
using Grid.Model.Time;
using Npgsql;

namespace Grid.Ledger.Postgres.Reading;

/// <summary>Finds the earliest deadlines by reading all rows; partitions keep their own heap and call it seldom.</summary>
internal sealed class DueReader(Database database)
{
    public ValueTask<IReadOnlyList<DueCustomer>> Due(Instant before, int limit, CancellationToken cancellation) =>
        database.Read("reading deadlines", (before, Math.Max(1, limit)), Read, cancellation);

    public ValueTask<Instant> Next(CancellationToken cancellation) => database.Read("reading the next deadline", 0, ReadNext, cancellation);

    private static async Task<IReadOnlyList<DueCustomer>> Read(
        NpgsqlConnection connection, (Instant Before, int Limit) requested, CancellationToken cancellation)
    {
        await using var command = Database.Statement(
            connection, "customers-due", Database.Value(requested.Before.Milliseconds), Database.Value((long)requested.Limit));
        var due = new List<DueCustomer>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            due.Add(new DueCustomer(new CustomerId(reader.GetString(0)), new Instant(reader.GetInt64(1))));
        return due;
    }

    private static async Task<Instant> ReadNext(NpgsqlConnection connection, int nothing, CancellationToken cancellation)
    {
        await using var command = Database.Statement(connection, "customers-next-due");
        return await command.ExecuteScalarAsync(cancellation) is long dueAt ? new Instant(dueAt) : Instant.Never;
    }
}
