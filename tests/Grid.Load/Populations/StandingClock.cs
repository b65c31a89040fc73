using Grid.Load.Turns;

namespace Grid.Load.Populations;

/// <summary>Stands a moment after the customers were made, so that nothing is due for them yet.</summary>
internal sealed class StandingClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => TurnCost.Start.Plus(1).ToDateTimeOffset();
}
