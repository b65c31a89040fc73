namespace Grid.Ledger.Postgres.Following;

/// <summary>A batch of the log, written by this process or read from the database. Its list may be reused after it was published.</summary>
/// <param name="Page">The number of the batch in its lane; without gaps.</param>
/// <param name="Last">The number of the lane's last transition after the batch.</param>
internal sealed record LoggedBatch(
    int Lane,
    long Page,
    long Last,
    IReadOnlyList<LoggedTransition> Transitions,
    Erased? Erased = null);
