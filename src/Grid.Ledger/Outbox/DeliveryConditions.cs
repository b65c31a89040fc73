using System.Globalization;
using System.Text;

namespace Grid.Ledger.Outbox;

/// <summary>The conditions of a filter as SQL. Statuses are written out, because an index of some statuses serves only a statement that names them.</summary>
internal sealed class DeliveryConditions
{
    public static readonly DeliveryConditions None = new();

    private readonly List<string> _columns = [];
    private readonly List<string> _statuses = [];

    public List<object> Values { get; } = [];

    public bool IsEmpty => _columns.Count == 0 && _statuses.Count == 0;

    public static DeliveryConditions From(DeliveryFilter filter) => new DeliveryConditions()
        .Is("id", filter.Id)
        .Is("trigger", filter.Trigger)
        .Is("endpoint", filter.Endpoint)
        .Is("customer", filter.Customer?.Value)
        .Has(filter.Status is { } status ? [status] : []);

    /// <summary>The column has the value; null for any value.</summary>
    public DeliveryConditions Is(string column, string? value)
    {
        if (value is null) return this;
        _columns.Add(column);
        Values.Add(value);
        return this;
    }

    /// <summary>The row has one of the statuses; none given for any.</summary>
    public DeliveryConditions Has(params ReadOnlySpan<DeliveryStatus> statuses)
    {
        if (statuses.Length == 0) return this;
        var numbers = new List<string>();
        foreach (var status in statuses) numbers.Add(((int)status).ToString(CultureInfo.InvariantCulture));
        _statuses.Add(numbers.Count == 1 ? $"status = {numbers[0]}" : $"status IN ({string.Join(", ", numbers)})");
        return this;
    }

    /// <param name="parameters">The parameters of the statement before those of the conditions.</param>
    /// <param name="mark">The sign before the number of a parameter.</param>
    public string Sql(int parameters, char mark)
    {
        var sql = new StringBuilder();
        foreach (var column in _columns) sql.Append(CultureInfo.InvariantCulture, $" AND {column} = {mark}{++parameters}");
        foreach (var status in _statuses) sql.Append(CultureInfo.InvariantCulture, $" AND {status}");
        return sql.ToString();
    }
}
