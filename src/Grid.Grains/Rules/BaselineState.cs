using System.Text.Json.Serialization;
using Grid.Model.Baselines;

namespace Grid.Grains.Rules;

/// <summary>Stored: the rules in force, and, while a publication moves customers, the cut-offs before it.</summary>
[GenerateSerializer, Alias("grid.baseline-state")]
public sealed class BaselineState
{
    [Id(0)] public int Number { get; set; }

    [Id(1)] public long AsOf { get; set; }

    [Id(2)] public IReadOnlyList<Cutoffs> Cuts { get; set; } = [];

    /// <summary>Null when the publication is complete.</summary>
    [Id(3)] public IReadOnlyList<Cutoffs>? Moving { get; set; }

    /// <summary>Number of the rulebook in force; 0 when none is yet.</summary>
    [Id(4)] public int Rulebook { get; set; }

    /// <summary>Higher with each publication.</summary>
    [Id(5), JsonPropertyName("edition")] public long Epoch { get; set; }

    public RulesInForce? InForce => Rulebook == 0 ? null : new RulesInForce(Epoch, Rulebook, Number, AsOf, Cuts);
}
