using Grid.Model.Baselines;
using Grid.Model.Time;

namespace Grid.Grains.Rules;

/// <summary>The rules that every process evaluates customers under: a rulebook and a baseline, put in force as one.</summary>
/// <param name="Epoch">Higher with each publication of either.</param>
/// <param name="Rulebook">Its number; the history of rulebooks has the files.</param>
/// <param name="Baseline">Its number; 0 when there is none yet.</param>
/// <param name="AsOf">The instant of the baseline, milliseconds since 1970.</param>
[GenerateSerializer, Immutable, Alias("grid.rules-in-force")]
public sealed record RulesInForce(
    [property: Id(0)] long Epoch,
    [property: Id(1)] int Rulebook,
    [property: Id(2)] int Baseline,
    [property: Id(3)] long AsOf,
    [property: Id(4)] IReadOnlyList<Cutoffs> Cuts)
{
    public Baseline ToBaseline() => Baseline == 0 ? Model.Baselines.Baseline.None : new Baseline(Baseline, new Instant(AsOf), Cuts);
}
