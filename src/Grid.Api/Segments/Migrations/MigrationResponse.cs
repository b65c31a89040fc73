using Grid.Model.Schemes;
using Grid.Model.Time;

namespace Grid.Api.Segments.Migrations;

/// <summary>The layers of members at one instant and at another, by the instants at which transitions took effect.</summary>
/// <param name="Position">Transitions recorded up to this position are counted.</param>
/// <param name="Retention">
/// Of the members of layers that are not lapsed, the share that was in such a layer afterwards; null when the scheme marks no layer as lapsed, or
/// there were no such members.
/// </param>
/// <param name="Recall">Of the members of lapsed layers, the share that was in another layer afterwards; null in the same cases.</param>
/// <param name="Arrivals">Customers who were not in the scheme before, by their layer afterwards.</param>
/// <param name="Departures">Customers who were not in the scheme afterwards, by their layer before.</param>
/// <param name="Matrix">Cells without customers are left out.</param>
public sealed record MigrationResponse(
    string Scheme,
    string From,
    string To,
    string Position,
    double? Retention,
    double? Recall,
    IReadOnlyList<MigratedLayer> Layers,
    IReadOnlyList<ArrivalCount> Arrivals,
    IReadOnlyList<DepartureCount> Departures,
    IReadOnlyList<MigrationCount> Matrix)
{
    internal static MigrationResponse Create(Scheme scheme, Instant from, Instant to, MigrationReading reading)
    {
        var layers = reading.Tally.Layers;
        var matrix = reading.Tally.Sum();
        var outside = layers.Count;
        int[] anywhere = [.. Enumerable.Range(0, outside + 1)];
        var all = Enumerable.Range(0, layers.Count).ToList();
        var isLapsed = all.ConvertAll(layer => layer < scheme.Definition.Layers.Count && scheme.Definition.Layers[layer].Lapsed);
        var lapsed = all.FindAll(layer => isLapsed[layer]);
        var staying = all.FindAll(layer => !isLapsed[layer]);
        long Moved(IEnumerable<int> before, IReadOnlyList<int> after) => before.Sum(row => after.Sum(column => matrix[row, column]));
        return new MigrationResponse(
            scheme.Id,
            from.ToString(),
            to.ToString(),
            reading.Position.ToString(),
            lapsed.Count == 0 ? null : Share(Moved(staying, staying), Moved(staying, anywhere)),
            Share(Moved(lapsed, staying), Moved(lapsed, anywhere)),
            [
                .. all.Select(layer => new MigratedLayer(
                    layers[layer],
                    isLapsed[layer],
                    Moved([layer], anywhere),
                    Moved(anywhere, [layer]),
                    Share(matrix[layer, layer], Moved([layer], anywhere)))),
            ],
            [.. all.Where(layer => matrix[outside, layer] > 0).Select(layer => new ArrivalCount(layers[layer], matrix[outside, layer]))],
            [.. all.Where(layer => matrix[layer, outside] > 0).Select(layer => new DepartureCount(layers[layer], matrix[layer, outside]))],
            [
                .. all.SelectMany(row => all.Where(column => matrix[row, column] > 0)
                    .Select(column => new MigrationCount(layers[row], layers[column], matrix[row, column]))),
            ]);
    }

    private static double? Share(long part, long whole) => whole == 0 ? null : (double)part / whole;
}

/// <param name="Before">Members at the first instant.</param>
/// <param name="After">Members at the second.</param>
/// <param name="Retention">The share of the members before that were members afterwards; null when there were none.</param>
public sealed record MigratedLayer(string Layer, bool Lapsed, long Before, long After, double? Retention);

public sealed record ArrivalCount(string To, long Count);

public sealed record DepartureCount(string From, long Count);

public sealed record MigrationCount(string From, string To, long Count);
