namespace Grid.Ledger.Postgres.Following;

/// <summary>A batch as it stands in the log, written by this process or read from the database. Its list may be used again after it was taken in.</summary>
/// <param name="Page">Its number in the lane; without gaps.</param>
/// <param name="Last">Number of the last transition of the lane after it.</param>
internal sealed record LoggedBatch(
    int Lane,
    long Page,
    long Last,
    IReadOnlyList<LoggedTransition> Transitions,
    Erased? Erased = null);
