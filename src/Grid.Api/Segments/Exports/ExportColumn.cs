using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Time;

namespace Grid.Api.Segments.Exports;

/// <param name="Name">As the request spells it.</param>
/// <param name="Write">Writes exactly one value.</param>
internal sealed record ExportColumn(string Name, Action<ExportedCustomer, IExportedValue> Write);

/// <param name="Customer">Brought up to the instant; good for one row only.</param>
internal readonly record struct ExportedCustomer(CustomerId Id, Customer Customer, Instant Now, Rules Rules);

/// <summary>Takes the next value of a row.</summary>
internal interface IExportedValue
{
    /// <summary>Null writes an empty value.</summary>
    void Text(string? text);

    void Texts(IEnumerable<string> texts);

    /// <param name="digits">A number in JSON syntax.</param>
    void Number(string digits);

    void Truth(bool truth);
}
