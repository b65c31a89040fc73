using Grid.Grains.Partitions;
using Grid.Ledger;
using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Model.Transitions;

namespace Grid.Simulation.Worlds;

/// <summary>
/// Recomputes the expected state from the acknowledged events, by pure evaluation, and compares it with the grid: rows, log, counts, columns and
/// cut-offs. It does not know how the grid got there.
/// </summary>
internal sealed class WorldAuditor(World world, Clients clients, Rules rules)
{
    private readonly Dictionary<CustomerId, CustomerRow> _rows = Rows.From(world.Storage.Ledger);
    private readonly Dictionary<CustomerId, List<Fact>> _facts = [];
    private readonly IReadOnlyList<LoggedTransition> _log = Rows.LogOf(world.Storage.Ledger);

    private Instant Now { get; } = Instant.From(world.Time.GetUtcNow());

    public void Audit()
    {
        foreach (var customer in clients.Customers) Row(customer);
        if (_rows.Keys.FirstOrDefault(id => !_facts.ContainsKey(id)) is { Value: not null } stranger) Fail($"{stranger} is known to nobody");
        Chains();
        foreach (var change in world.Storage.Changes) DeadlinesTests(change);
        foreach (var scheme in rules.Rulebook.Schemes) Counts(scheme.Id, [.. scheme.Layers]);
        for (var partition = 0; partition < PartitionOf.Count; partition++) Columns(partition);
        if (clients.BaselineAsOf is { } asOf) Cutoffs(asOf);
    }

    private static void Fail(string what) => throw new WorldException(what);

    /// <summary>Checks that the row equals one evaluation of all its facts: no fact is lost, none counts twice, every layer is right.</summary>
    private void Row(CustomerMemory customer)
    {
        var row = _rows.GetValueOrDefault(customer.Id);
        var essence = row is null ? "" : Expected.Essence(row.Customer, row.State);
        string? first = null;
        foreach (var facts in Expected.Possible(customer))
        {
            var change = Expected.Change(customer.Id, facts, Now, rules);
            if ((change is null ? "" : Expected.Essence(customer.Id, change.State)) == essence)
            {
                if (row is not null) _facts.Add(customer.Id, facts);
                return;
            }

            first ??= change is null ? "nothing" : Expected.Describe(customer.Id, change.State);
        }

        Fail($"{customer.Id} is {(row is null ? "nothing" : Expected.Describe(row.Customer, row.State))} and must be {first}");
    }

    /// <summary>
    /// Checks that each transition of a customer in a scheme begins where the previous one ended, and that the last one ends at the row's layer.
    /// </summary>
    private void Chains()
    {
        var places = new Dictionary<(CustomerId, string), string?>();
        foreach (var item in _log)
        {
            var transition = item.Transition;
            var place = (transition.Customer, transition.Scheme);
            if (places.GetValueOrDefault(place) != transition.From) Fail($"{transition} follows {places.GetValueOrDefault(place) ?? "nothing"}");
            if (transition.EffectiveAt > transition.RecordedAt) Fail($"{transition} is effective after it was recorded");
            places[place] = transition.To;
        }

        foreach (var (customer, row) in _rows)
        {
            var standing = CustomerCodec.ReadStanding(row.State);
            for (var index = 0; index < standing.Layers.Length; index++)
            {
                var scheme = rules.Rulebook.Schemes[index];
                places.Remove((customer, scheme.Id), out var place);
                if (place != scheme.Layers[standing.Layers[index]])
                    Fail($"{customer} is in {scheme.Layers[standing.Layers[index]]} of {scheme.Id}, and in {place ?? "nothing"} by the log");
            }
        }

        foreach (var (place, layer) in places)
            if (layer is not null)
                Fail($"{place} stays in {layer} by the log and is gone");
    }

    /// <summary>Checks that every change by time alone took effect at the deadline in the row before it, and none earlier.</summary>
    private static void DeadlinesTests(WrittenChange written)
    {
        if (written.Before is not { } row || written.Change.Transitions.Any(transition => transition.Cause.Kind != CauseKind.Time)) return;
        var (before, after) = (Expected.Open(row.Customer, row.State), Expected.Open(row.Customer, written.Change.State));
        if (before.Rulebook != after.Rulebook || before.Baseline != after.Baseline || Expected.Facts(before) != Expected.Facts(after)) return;
        foreach (var scheme in written.Change.Transitions.GroupBy(transition => transition.Scheme))
        {
            var transition = scheme.First();
            if (transition.EffectiveAt < row.DueAt) Fail($"{transition} took effect before its row was due, {row.DueAt}");

            // Only later states show what a measure changed on the way.
            if (before.MeasuresNextAt > transition.EffectiveAt && !before.Layers.Any(layer => layer.NextAt == transition.EffectiveAt))
                Fail($"{transition} took effect at no deadline of its row");
        }
    }

    private void Counts(string scheme, string[] layers)
    {
        var snapshot = clients.Counts.Single(counts => counts.Scheme == scheme);
        if (!LogPosition.Parse(snapshot.Position).Equals(world.Storage.Ledger.Head))
            Fail($"{scheme} is counted up to {snapshot.Position} of {world.Storage.Ledger.Head}");
        for (var layer = 0; layer < layers.Length; layer++)
        {
            var expected = _rows.Values.Count(row => Stands(row, scheme, layer));
            var counted = snapshot.Counts.GetValueOrDefault(layers[layer]);
            if (counted != expected) Fail($"{scheme} counts {counted} in {layers[layer]}; there are {expected}");
        }
    }

    private bool Stands(CustomerRow row, string scheme, int layer)
    {
        for (var index = 0; index < rules.Rulebook.Schemes.Count; index++)
            if (rules.Rulebook.Schemes[index].Id == scheme)
                return CustomerCodec.ReadStanding(row.State).Layers[index] == layer;
        return false;
    }

    /// <summary>Checks that a partition's columns equal its customers' rows.</summary>
    private void Columns(int number)
    {
        var rows = _rows.Values.Where(row => PartitionOf.Customer(row.Customer) == number).ToList();
        if (world.Find(World.PartitionKey(number)) is not PartitionActivation { Partition: { IsFilled: true } partition })
            throw new WorldException($"partition {number} does not know its customers");
        var status = partition.Status();
        if (status.Customers != rows.Count) Fail($"partition {number} knows {status.Customers} of {rows.Count} customers");
        var due = rows.Select(row => row.DueAt).DefaultIfEmpty(Instant.Never).Min();

        // An early wake-up is harmless: a retry may be waiting for its time.
        if (status.NextDue > due.Milliseconds || status.NextDue <= Now.Milliseconds)
            Fail($"partition {number} is due {new Instant(status.NextDue)}, its rows {due}");
        foreach (var scheme in rules.Rulebook.Schemes)
        {
            var counts = Synchronous.Of(partition.Counts(scheme.Id, CancellationToken.None)).SingleOrDefault();
            for (var layer = 0; layer < scheme.Layers.Count; layer++)
            {
                var expected = rows.Count(row => Stands(row, scheme.Id, layer));
                var counted = counts?.Layers[layer].Count ?? 0;
                if (counted != expected) Fail($"partition {number} counts {counted} in {scheme.Layers[layer]} of {scheme.Id}; there are {expected}");
            }
        }

        if (clients.BaselineAsOf is not null) Values(number, partition, rows);
    }

    /// <summary>Checks that after a baseline a partition knows the measures of every customer.</summary>
    private void Values(int number, Partition partition, List<CustomerRow> rows)
    {
        for (var index = 0; index < rules.Rulebook.Measures.Count; index++)
        {
            var measure = rules.Rulebook.Measures[index];
            List<long> expected = [.. rows.Select(row => row.Measures[index]).Where(value => value != Measure.Absent).Order()];
            var values = Synchronous.Of(partition.Values([new MeasureRequest(measure.Id, false)], CancellationToken.None))[0].Values.Order();
            if (!expected.SequenceEqual(values))
                Fail($"partition {number} has [{string.Join(' ', values)}] of {measure.Id}, its rows [{string.Join(' ', expected)}]");
        }
    }

    /// <summary>Checks that the cut-offs in force are those of the customers' facts.</summary>
    private void Cutoffs(Instant asOf)
    {
        for (var index = 0; index < rules.Rulebook.Measures.Count; index++)
        {
            var measure = rules.Rulebook.Measures[index];
            var members = _facts.Select(known => (Id: known.Key, Value: Expected.Change(known.Key, known.Value, asOf, rules)!.Measures[index]))
                .Where(member => member.Value != Measure.Absent).ToList();
            var known = rules.Baseline.Of(measure);
            var expected = Ranking.Compute(
                measure,
                [.. members.Select(member => member.Value)],
                [.. members.Select(member => member.Id)],
                rules.Rulebook.TopsOf(measure),
                asOf,
                measure.Policy is FrozenPolicy ? null : known);
            if (!known.CutsLike(expected))
                Fail($"{measure.Id} is cut at [{string.Join(' ', known.Bounds)}] and must be at [{string.Join(' ', expected.Bounds)}]");
        }
    }
}
