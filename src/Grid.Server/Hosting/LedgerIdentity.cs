using System.Text.Json;
using Grid.Ledger;
using Grid.Model;
using Grid.Server.Configuration;

namespace Grid.Server.Hosting;

/// <summary>
/// Identifies a ledger: the currency of its amounts, and whether it belongs to a simulated shop. Recorded when the ledger is new. Amounts of two
/// currencies, or simulated customers among real ones, could never be separated again.
/// </summary>
internal sealed class LedgerIdentity(IStateRecords records, GridOptions options)
{
    public const string Name = "identity";
    public const string Key = "ledger";

    /// <summary>The recorded identity; null when the record is empty.</summary>
    public static Identity? Read(ReadOnlySpan<byte> record) => JsonSerializer.Deserialize<Identity>(record);

    public async Task Check(CancellationToken cancellation)
    {
        var wanted = new Identity(options.Currency, options.ToCurrency().MinorUnits, options.IsDemo);
        if (await records.Read(Name, Key, cancellation) is not { } record)
        {
            // Another process may have recorded its identity first; then that one is read.
            if (await records.Write(Name, Key, JsonSerializer.SerializeToUtf8Bytes(wanted), tag: null) is RecordConflict) await Check(cancellation);
            return;
        }

        var kept = Read(record.Payload) ?? throw new InvalidDataException($"The identity of {Place} is empty.");
        if (kept.IsDemo != wanted.IsDemo)
            throw new ConfigurationException($"{Place} holds {Kind(kept)}, not {Kind(wanted)}: name another with --data or --postgres");
        if (kept == wanted) return;

        // The database could not be read when this server was built, so it was built with other decimals: the next attempt reads them.
        if (kept.Currency == wanted.Currency && options.CurrencyMinorUnits is null)
            throw new LedgerException(FailureKind.Temporary, $"{Place} holds amounts with {kept.MinorUnits} decimals, which were not known before.");
        throw new ConfigurationException(
            $"{Place} holds amounts in {kept.Currency} with {kept.MinorUnits} decimals, not {wanted.Currency} with {wanted.MinorUnits}");
    }

    /// <summary>The currency of a ledger's amounts; null where none is recorded.</summary>
    public static async Task<Currency?> CurrencyOf(IStateRecords records, CancellationToken cancellation) =>
        await records.Read(Name, Key, cancellation) is { } record && Read(record.Payload) is { } kept ? new Currency(kept.Currency, kept.MinorUnits) : null;

    private string Place => GridLedger.PlaceOf(options);

    private static string Kind(Identity identity) => identity.IsDemo ? "the customers of a demo" : "real customers";

    internal sealed record Identity(string Currency, int MinorUnits, bool IsDemo);
}
