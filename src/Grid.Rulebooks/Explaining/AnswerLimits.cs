namespace Grid.Rulebooks.Explaining;

/// <summary>Limits of explanations and forecasts. The newest, nearest or first items are returned; a forecast that was cut is marked.</summary>
public static class AnswerLimits
{
    /// <summary>Older orders are left out of the view; its totals count them.</summary>
    public const int OrdersMax = 200;

    /// <summary>Older refunds are left out of the view; its totals count them.</summary>
    public const int RefundsMax = 200;

    /// <summary>Older hours are left out of the view, of interactions as of browses.</summary>
    public const int HoursMax = 200;

    /// <summary>A forecast ends with the deadline that brings this many transitions, and is not complete then.</summary>
    public const int ForecastTransitionsMax = 500;

    /// <summary>A forecast looks at this many deadlines, most of which bring no transition, and is not complete beyond.</summary>
    public const int ForecastDeadlinesMax = 20_000;

    /// <summary>How many changes ahead an explanation looks for the instant at which a condition turns; beyond, it says none.</summary>
    public const int ChangesAheadMax = 2_048;

    /// <summary>More orders than this are asked for without trying out where they lead.</summary>
    public const int OrdersTriedMax = 100;

    /// <summary>More interactions or views than this are asked for without trying out where they lead.</summary>
    public const int DeedsTriedMax = 1_000;

    /// <summary>Ways to fulfil a condition that one sentence names; further ones are counted in it.</summary>
    public const int AlternativesMax = 4;

    /// <summary>Where several choices come together, so many combinations are tried out for one that leads to the layer.</summary>
    public const int CombinationsTriedMax = 64;

    /// <summary>Rules above that one sentence names as standing in the way; further ones are counted in it.</summary>
    public const int BlockersMax = 3;
}
