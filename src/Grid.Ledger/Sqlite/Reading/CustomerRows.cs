using Grid.Ledger.Sqlite.Lane;
using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Ledger.Sqlite.Reading;

/// <summary>Rows as callers see them.</summary>
internal static class CustomerRows
{
    /// <summary>A customer of the memtable, folded when it was recovered.</summary>
    public static StoredRow From(CustomerId customer, MemTableRow row, Database database)
    {
        try
        {
            return StoredRow.From(customer, row.Version, row.DueAt, row.Fold(database, customer), null);
        }
        catch (LedgerException failure) when (failure.Customer == customer)
        {
            return StoredRow.From(customer, failure);
        }
    }

    public static StoredRow? Find(Database database, CustomerId customer)
    {
        var statement = database.Of("customer-load").Bind(1, customer.Value);
        if (!statement.Step()) return null;
        var row = StoredRow.From(customer, statement.Long(0), Instant(statement, 1), statement.Blob(2).ToArray(), Checksum(statement, 3));
        statement.Reset();
        return row;
    }

    /// <exception cref="LedgerException">The row is damaged.</exception>
    public static CustomerRow? Load(Database database, CustomerId customer) => Find(database, customer)?.Row;

    /// <summary>The next row of a statement that gives id, version, deadline, state and checksum; null after the last.</summary>
    public static StoredRow? Next(Statement statement) => statement.Step()
        ? StoredRow.From(
            new CustomerId(statement.Text(0)), statement.Long(1), Instant(statement, 2), statement.Blob(3).ToArray(), Checksum(statement, 4))
        : null;

    private static Instant Instant(Statement statement, int column) =>
        statement.IsNull(column) ? Model.Time.Instant.Never : new Instant(statement.Long(column));

    private static long? Checksum(Statement statement, int column) => statement.IsNull(column) ? null : statement.Long(column);
}
