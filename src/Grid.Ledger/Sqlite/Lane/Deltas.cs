using Grid.Ledger.Log;

namespace Grid.Ledger.Sqlite.Lane;

/// <summary>What the journal holds of a customer, in the order of versions and without gaps.</summary>
internal sealed class Deltas(JournalEntry first)
{
    // Nearly always one.
    private List<JournalEntry>? _more;

    public JournalEntry Last { get; private set; } = first;

    public IReadOnlyList<JournalEntry> Entries => _more is null ? [Last] : _more;

    public void Add(JournalEntry entry)
    {
        _more ??= [Last];

        // One text for the id of all of them: each entry has read its own, which would stay in memory with it.
        Last = entry with { Customer = Last.Customer };
        _more.Add(Last);
    }
}
