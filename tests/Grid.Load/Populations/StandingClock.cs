using Grid.Load.Turns;

namespace Grid.Load.Populations;

/// <summary>A clock stopped a moment after the customers were created, so that none of them is due.</summary>
internal sealed class StandingClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => TurnCost.Start.Plus(1).ToDateTimeOffset();
}
