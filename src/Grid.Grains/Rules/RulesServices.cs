using Grid.Grains.Populations;
using Grid.Ledger;
using Grid.Model;

namespace Grid.Grains.Rules;

/// <summary>The services of its silo that the rules need.</summary>
/// <param name="Machine">The clock of rests and retries; <paramref name="Clock"/> is the grid's.</param>
public sealed record RulesServices(
    ILedger Ledger,
    Population Population,
    CurrentRules Rules,
    RulesSynchronizer Synchronizer,
    BaselineSchedule Schedule,
    GridClock Clock,
    GridPace Pace,
    Currency Currency,
    TimeProvider Machine);
