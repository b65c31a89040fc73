using Grid.Grains.Audits;

namespace Grid.Api.Audits;

/// <summary>The findings of an audit. Every number is 0 and every list empty when rows and counts agree.</summary>
/// <param name="Pending">Customers with a passed deadline who had not been woken yet.</param>
/// <param name="Examples">Some customers in a wrong layer.</param>
/// <param name="Damaged">Customers whose stored row is damaged; the recount leaves them out.</param>
/// <param name="DamagedExamples">Some customers with a damaged row.</param>
public sealed record AuditResponse(
    string Position,
    string AsOf,
    long Customers,
    long Difference,
    IReadOnlyList<SchemeAudit> Schemes,
    long WrongLayers,
    long Pending,
    IReadOnlyList<string> Examples,
    long Damaged,
    IReadOnlyList<string> DamagedExamples)
{
    internal static AuditResponse From(AuditReport report) => new(
        report.Position,
        report.AsOf.ToString(),
        report.Customers,
        report.Difference,
        report.Schemes,
        report.WrongLayers,
        report.Pending,
        report.Examples,
        report.Damaged,
        report.DamagedExamples);
}
