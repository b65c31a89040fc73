using System.Globalization;
using Grid.Model.Schemes.Definitions;

namespace Grid.Tests.Model.Reference;

/// <summary>The values that RFM dimensions and top shares rank; null for a customer without an order in the window.</summary>
internal static class ReferenceDimension
{
    public static DimensionDefinition From(SchemeDefinition scheme, char dimension) => dimension switch
    {
        'r' => scheme.Rfm!.Recency,
        'f' => scheme.Rfm!.Frequency,
        _ => scheme.Rfm!.Monetary,
    };

    public static long? Value(SchemeDefinition scheme, char dimension, ReferenceCustomer customer, long now)
    {
        if (Read(scheme, customer, "orders", [scheme.Rfm!.Window], now) == 0) return null;
        var definition = From(scheme, dimension);
        var window = definition.Window ?? scheme.Rfm.Window;
        if (dimension != 'r')
        {
            var sum = Read(scheme, customer, dimension == 'f' ? "orders" : "spend", [window], now);
            return definition.Bands is null ? sum : Banded(definition.Bands, bound => sum >= Number(bound) * (dimension == 'm' ? 100 : 1));
        }

        if (definition.Bands is not null)
        {
            var age = Read(scheme, customer, "recency", [], now);
            return Banded(definition.Bands, bound => age < ReferenceWindow.Length(bound) / (scheme.Calendar is null ? 1 : 86_400_000));
        }

        var last = customer.OrdersAt(now)[^1].At.Milliseconds;
        return scheme.Calendar is null ? last : ReferenceWindow.DayOf(last, scheme.Calendar);
    }

    public static long? TopValue(SchemeDefinition scheme, IReadOnlyList<string> arguments, ReferenceCustomer customer, long now)
    {
        var window = arguments.Skip(1).FirstOrDefault() ?? "all";
        if (Read(scheme, customer, "orders", [window], now) == 0) return null;
        return Read(scheme, customer, arguments[0], [window], now);
    }

    private static long Banded(IReadOnlyList<string> bands, Func<string, bool> reaches)
    {
        for (var index = 0; index < bands.Count; index++)
            if (reaches(bands[index]))
                return 5 - index;
        return 1;
    }

    private static decimal Number(string bound) => decimal.Parse(bound, CultureInfo.InvariantCulture);

    private static long Read(
        SchemeDefinition scheme, ReferenceCustomer customer, string metric, IReadOnlyList<string> arguments, long now) =>
        ReferenceMetrics.Value(customer, scheme.Calendar, metric, arguments, now);
}
