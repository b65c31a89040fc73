using Grid.Model.Customers;
using Npgsql;
using Shouldly;

namespace Grid.Simulation.Clusters.LaterBuild;

/// <summary>Reads all customers' rows while both builds write them, and checks that a section, once there, stays until its row is removed.</summary>
internal sealed class WatchedSections(string database)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(300);
    private readonly Dictionary<string, Row> _rows = [];

    /// <summary>What was seen last.</summary>
    public IReadOnlyDictionary<string, Row> Rows => _rows;

    public int Looks { get; private set; }

    /// <summary>How often the earlier build had rewritten a row and kept its section unchanged.</summary>
    public int Kept { get; private set; }

    public async Task Watch(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Look();
            await Task.Delay(Between, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async Task Look()
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT id, state FROM customers", connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var (customer, state) = (reader.GetString(0), reader.GetFieldValue<byte[]>(1));
            var row = new Row(CustomerHeader.Read(state).Version, LaterSection.Of(state));
            if (_rows.TryGetValue(customer, out var before)) Compare(customer, before, row);
            _rows[customer] = row;
        }

        Looks++;
    }

    public override string ToString() =>
        $"{Looks} looks at {_rows.Count} rows, {_rows.Values.Count(row => row.Section is not null)} of them with a section at last, "
        + $"{Kept} rows written again with their section as it was";

    private void Compare(string customer, Row before, Row row)
    {
        var change = $"{customer} went from {before} to {row}";
        row.Version.ShouldBeGreaterThanOrEqualTo(before.Version, change);
        if (row.Section is { } now) now.Version.ShouldBeLessThanOrEqualTo(row.Version, change);
        if (before.Section is not { } section) return;
        var kept = row.Section.ShouldNotBeNull(change);
        (kept.Turns - section.Turns).ShouldBeInRange(0, row.Version - before.Version, change);
        if (kept == section && row.Version > before.Version) Kept++;
    }

    /// <param name="Version">Counts the turns of both builds.</param>
    /// <param name="Section">Null while the later build has taken none.</param>
    internal sealed record Row(long Version, LaterSection? Section);
}
