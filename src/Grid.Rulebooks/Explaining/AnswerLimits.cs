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

    /// <summary>Deadlines of one forecast, most of which bring no transition; a forecast with more is not complete.</summary>
    public const int ForecastDeadlinesMax = 20_000;

    /// <summary>Changes ahead that an explanation examines to find when a condition turns true or false; beyond, it gives no instant.</summary>
    public const int ChangesAheadMax = 2_048;

    /// <summary>A requirement of more orders is stated without a check of the layer that they lead to.</summary>
    public const int OrdersTriedMax = 100;

    /// <summary>A requirement of more interactions or views is stated without a check of the layer that they lead to.</summary>
    public const int DeedsTriedMax = 1_000;

    /// <summary>Ways to fulfil a condition that one sentence lists; the sentence counts the others.</summary>
    public const int AlternativesMax = 4;

    /// <summary>Combinations of several choices that are checked for one that leads to the layer.</summary>
    public const int CombinationsTriedMax = 64;

    /// <summary>Blocking rules that one sentence lists; the sentence counts the others.</summary>
    public const int BlockersMax = 3;
}
