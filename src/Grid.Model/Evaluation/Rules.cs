using Grid.Model.Baselines;
using Grid.Model.Schemes;

namespace Grid.Model.Evaluation;

/// <summary>What customers are evaluated under: immutable, replaced as a whole when a rulebook or a baseline is published.</summary>
/// <param name="Layouts">Of every rulebook ever published, by number: what the stored layer numbers of a customer mean.</param>
public sealed record Rules(Rulebook Rulebook, Baseline Baseline, IReadOnlyDictionary<int, RulebookLayout> Layouts)
{
    public Rules(Rulebook rulebook, Baseline baseline)
        : this(rulebook, baseline, new Dictionary<int, RulebookLayout> { [rulebook.Number] = RulebookLayout.From(rulebook) })
    {
    }

    /// <summary>One number for rulebook and baseline together, higher with each publication of either.</summary>
    public long Epoch { get; init; }

    private RulebookMoves Moves { get; init; } = new(Rulebook, Layouts, []);

    /// <summary>
    /// These rules, with the rules that were in force before them: a customer's layers that still have the same meaning are then not decided again.
    /// Without the earlier rules everything is decided again, with the same result.
    /// </summary>
    public Rules After(Rules before) =>
        this with { Baseline = Baseline.After(before.Baseline), Moves = before.Moves.Next(Rulebook, Layouts) };

    /// <summary>These rules with the next baseline.</summary>
    public Rules Under(Baseline baseline) => this with { Baseline = baseline.After(Baseline) };

    /// <summary>The part of a customer's state under an earlier rulebook that is still valid.</summary>
    internal RulebookMove MoveFrom(int rulebook) => Moves.From(rulebook);
}

/// <summary>The schemes of a rulebook and their layers, in order.</summary>
public sealed record RulebookLayout(int Number, IReadOnlyList<SchemeLayout> Schemes)
{
    /// <summary>Ids of the measures, in the order in which each row projects them.</summary>
    public IReadOnlyList<string> Measures { get; init; } = [];

    /// <summary>Whether stored layers and values have the same meaning under both layouts.</summary>
    public bool IsLike(RulebookLayout other) =>
        Measures.SequenceEqual(other.Measures) && Schemes.Count == other.Schemes.Count
        && Schemes.Zip(other.Schemes).All(pair => pair.First.Id == pair.Second.Id && pair.First.Layers.SequenceEqual(pair.Second.Layers));

    public static RulebookLayout From(Rulebook rulebook) => new(
        rulebook.Number, [.. rulebook.Schemes.Select(scheme => new SchemeLayout(scheme.Id, scheme.Layers))])
    {
        Measures = [.. rulebook.Measures.Select(measure => measure.Id)],
    };
}

public sealed record SchemeLayout(string Id, IReadOnlyList<string> Layers);
