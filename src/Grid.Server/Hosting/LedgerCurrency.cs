using System.Text.Json;
using Grid.Ledger;
using Grid.Ledger.Postgres;
using Grid.Ledger.Sqlite;
using Grid.Model;
using Grid.Server.Configuration;

namespace Grid.Server.Hosting;

/// <summary>
/// Finds the currency of a ledger before it is opened: rulebooks, mappings and files are read with its decimals. A ledger keeps those it was made
/// with; a new one gets those of ISO 4217.
/// </summary>
internal static class LedgerCurrency
{
    /// <summary>Ledgers that record no currency are from before ISO 4217 was read.</summary>
    private const int DecimalsOfUnrecorded = 2;

    /// <summary>Sets the decimals of the options.</summary>
    /// <exception cref="ConfigurationException">The ledger is new, and the code is unknown.</exception>
    public static void Adopt(GridOptions options)
    {
        var found = Find(options);
        if (found?.Payload is { } payload && LedgerIdentity.Read(payload) is { } kept)
        {
            if (options.Currency == kept.Currency) options.CurrencyMinorUnits ??= kept.MinorUnits;
        }
        else if (CurrencyCodes.DecimalsOf(options.Currency) is null)
        {
            throw new ConfigurationException(
                $"--currency is '{options.Currency}', which is no active currency code of ISO 4217 with a minor unit; name one such as CNY, JPY or KWD");
        }
        else if (found is { IsUsed: true })
        {
            options.CurrencyMinorUnits ??= DecimalsOfUnrecorded;
        }
    }

    /// <returns>Null where there is no ledger yet, or none that can be read: opening it gives the reason.</returns>
    private static UnopenedRecord? Find(GridOptions options)
    {
        try
        {
            return options.Postgres is { } connection
                ? UnopenedPostgres.Read(new PostgresLedgerOptions(connection), LedgerIdentity.Name, LedgerIdentity.Key)
                : UnopenedSqlite.Read(Path.Combine(options.Data, GridLedger.File), LedgerIdentity.Name, LedgerIdentity.Key);
        }
        catch (LedgerException)
        {
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
