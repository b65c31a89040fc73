using Grid.Grains.Audits;

namespace Grid.Api.Audits;

/// <summary>What an audit found. Everything is 0 and empty when the grid is right.</summary>
/// <param name="Pending">Customers that something was due for and who had not been advanced yet.</param>
/// <param name="Examples">Some of the wrong customers.</param>
/// <param name="Damaged">Customers whose stored row is not as it was written; they are not recounted.</param>
/// <param name="DamagedExamples">Some of them.</param>
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
