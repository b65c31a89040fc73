using Grid.Grains.Populations;
using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Schemes;
using Grid.Model.Time;

namespace Grid.Grains.Backtests;

/// <summary>
/// Moves each customer through the instants of a series in order, so that a pending downgrade carries over from one instant to the next.
/// </summary>
public sealed class BacktestVisitor : IPopulationVisitor
{
    private static readonly LayerState Nowhere = new(LayerState.None, LayerState.None, Instant.Never, default, Instant.Never);
    private readonly PastCustomer _past = new();
    private readonly Rulebook _rulebook;
    private readonly IReadOnlyList<Instant> _instants;
    private readonly IReadOnlyList<Baseline> _baselines;
    private readonly LayerState[] _layers;
    private readonly long[][,][] _moves;

    internal BacktestVisitor(Rulebook rulebook, IReadOnlyList<Instant> instants, IReadOnlyList<Baseline> baselines)
    {
        (_rulebook, _instants, _baselines) = (rulebook, instants, baselines);
        _layers = new LayerState[rulebook.Schemes.Count];
        _moves = [.. rulebook.Schemes.Select(scheme => new long[scheme.Layers.Count + 1, scheme.Layers.Count][])];
        Lost = [.. instants.Select(_ => new long[LossKinds.Length])];
    }

    /// <summary>The kinds of <see cref="Lost"/>, in its order.</summary>
    public static PastLosses[] LossKinds { get; } = [PastLosses.Orders, PastLosses.Activity, PastLosses.Attributes, PastLosses.Points];

    /// <summary>By instant and kind, the number of customers whose history is incomplete.</summary>
    public IReadOnlyList<long[]> Lost { get; }

    /// <summary>
    /// The number of customers who moved from one layer to another between the previous instant and this one, or stayed in a layer.
    /// </summary>
    /// <param name="scheme">The scheme's position.</param>
    /// <param name="from">-1: customers who joined since the previous instant.</param>
    public long Moves(int scheme, int instant, int from, int to) => _moves[scheme][from + 1, to] is { } series ? series[instant] : 0;

    public void Visit(CustomerRow row, Customer customer)
    {
        _past.Begin(customer);
        _layers.AsSpan().Fill(Nowhere);
        customer.Layers = _layers;
        for (var instant = 0; instant < _instants.Count; instant++)
        {
            var at = _instants[instant];
            if (customer.JoinedAt > at) continue;
            var losses = _past.See(at);
            for (var kind = 0; kind < LossKinds.Length; kind++)
                if (losses.HasFlag(LossKinds[kind]))
                    Lost[instant][kind]++;
            for (var scheme = 0; scheme < _layers.Length; scheme++)
            {
                var before = _layers[scheme];
                _layers[scheme] = _rulebook.Schemes[scheme].StandAt(before, customer, at, _baselines[instant]);
                (_moves[scheme][before.Layer + 1, _layers[scheme].Layer] ??= new long[_instants.Count])[instant]++;
            }
        }
    }

    /// <summary>Adds the counts of another worker.</summary>
    public void Add(BacktestVisitor part)
    {
        for (var instant = 0; instant < _instants.Count; instant++)
            for (var kind = 0; kind < LossKinds.Length; kind++)
                Lost[instant][kind] += part.Lost[instant][kind];
        for (var scheme = 0; scheme < _layers.Length; scheme++)
            for (var from = 0; from < _moves[scheme].GetLength(0); from++)
                for (var to = 0; to < _moves[scheme].GetLength(1); to++)
                    Add(ref _moves[scheme][from, to], part._moves[scheme][from, to]);
    }

    private static void Add(ref long[] sum, long[]? part)
    {
        if (part is null) return;
        if (sum is null) sum = part;
        else
            for (var instant = 0; instant < sum.Length; instant++) sum[instant] += part[instant];
    }
}
