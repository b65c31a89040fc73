using Grid.Ledger.Sqlite.Lane;
using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Ledger.Sqlite.Reading;

/// <summary>Rows as callers see them; the measures stand in the head of the state.</summary>
internal static class CustomerRows
{
    public static CustomerRow Of(CustomerId customer, long version, byte[] state, Instant dueAt)
    {
        try
        {
            return new CustomerRow(customer, version, state, dueAt, CustomerHeader.Read(state).Measures);
        }
        catch (InvalidDataException failure)
        {
            throw SqliteFailure.Of(failure, $"reading the row of customer {customer}");
        }
    }

    /// <summary>The row of a customer who is in the overlay, folded when it was recovered.</summary>
    public static CustomerRow? Fold(Database database, (CustomerId Customer, OverlayRow Row) changed) =>
        Of(changed.Customer, changed.Row.Version, changed.Row.Fold(database, changed.Customer), changed.Row.DueAt);

    public static CustomerRow? Load(Database database, CustomerId customer)
    {
        var statement = database.Of("customer-load").Bind(1, customer.Value);
        if (!statement.Step()) return null;
        var (version, state) = (statement.Long(0), statement.Blob(2).ToArray());
        var dueAt = statement.IsNull(1) ? Instant.Never : new Instant(statement.Long(1));
        statement.Reset();
        return Of(customer, version, state, dueAt);
    }
}
