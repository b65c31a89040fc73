using Grid.Grains.Populations;
using Grid.Ledger;
using Grid.Model;

namespace Grid.Grains.Rules;

/// <summary>What the rules need of the silo that they live in.</summary>
public sealed record RulesServices(
    ILedger Ledger,
    Population Population,
    CurrentRules Rules,
    RulesSynchronizer Synchronizer,
    BaselineSchedule Schedule,
    GridClock Clock,
    GridPace Pace,
    Currency Currency);
