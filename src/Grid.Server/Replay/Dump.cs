using System.Globalization;
using Grid.Grains;
using Grid.Grains.Rules;
using Grid.Ledger;
using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Schemes;
using Grid.Model.Time;

namespace Grid.Server.Replay;

/// <summary>A row of a dump. The last six fields are null when the scheme has no scores or the customer is not scored.</summary>
/// <param name="RecencyDays">Calendar days, in the scheme's zone or UTC, from the last order to the instant of the dump.</param>
/// <param name="Monetary">Minor units.</param>
internal sealed record DumpRow(
    string Customer, string Scheme, string Layer, string Since, int? RecencyDays, long? Frequency, long? Monetary, int? R, int? F, int? M);

/// <summary>The layer of every customer in every scheme, at the grid's instant and under the baseline in force.</summary>
internal sealed class Dump(ILedger ledger, CurrentRules rules, GridClock clock)
{
    /// <summary>Rows in the order of customer ids, then of schemes.</summary>
    public async IAsyncEnumerable<DumpRow> Rows([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var (now, current) = (clock.Now, rules.Value);
        using var scan = await ledger.Scan(cancellation);
        var customer = new Customer();
        await foreach (var row in scan.Rows.WithCancellation(cancellation))
        {
            CustomerCodec.Decode(row.Customer, row.State, customer);
            for (var index = 0; index < current.Rulebook.Schemes.Count; index++)
                yield return Row(row.Customer, customer, current.Rulebook.Schemes[index], customer.Layers[index], now, current);
        }
    }

    /// <summary>Writes the rows as CSV, gzipped when the name ends in <c>.gz</c>.</summary>
    public async Task Write(string file, CancellationToken cancellation)
    {
        await using var csv = new CsvFile(file);
        csv.Write(["customer_id", "scheme", "layer", "since", "recency_days", "frequency", "monetary", "r", "f", "m"]);
        await foreach (var row in Rows(cancellation))
            csv.Write(
                [
                    row.Customer, row.Scheme, row.Layer, row.Since, Text(row.RecencyDays), Text(row.Frequency), Text(row.Monetary),
                    Text(row.R), Text(row.F), Text(row.M),
                ]);
    }

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;

    private static DumpRow Row(CustomerId id, Customer customer, Scheme scheme, in LayerState state, Instant now, Rules rules)
    {
        var row = new DumpRow(id.Value, scheme.Id, scheme.Layers[state.Layer], state.Since.ToString(), null, null, null, null, null, null);
        if (scheme.Rfm is not { } rfm || customer.Orders.Count(rfm.Window, now) == 0) return row;
        var days = rfm.Calendar ?? LocalDays.Utc;
        return row with
        {
            RecencyDays = days.DayOf(now) - days.DayOf(customer.Orders.LastAt(now)!.Value),
            Frequency = customer.Orders.Count(rfm.Window, now),
            Monetary = customer.Orders.Gross(rfm.Window, now) - customer.Orders.Refunded(rfm.Window, now),
            R = Score(rfm.Recency, customer, now, rules),
            F = Score(rfm.Frequency, customer, now, rules),
            M = Score(rfm.Monetary, customer, now, rules),
        };
    }

    private static int Score(Measure measure, Customer customer, Instant now, Rules rules) =>
        rules.Baseline.Of(measure).Score(measure.Value(customer, now), customer.Id);
}
