using Grid.Ledger.Log;

namespace Grid.Ledger.Sqlite.Lane;

/// <summary>The deltas of a customer in the journal, in the order of versions and without gaps.</summary>
internal sealed class Deltas(JournalEntry first)
{
    // Null for a single delta, which is nearly always the case.
    private List<JournalEntry>? _more;

    public JournalEntry Last { get; private set; } = first;

    public IReadOnlyList<JournalEntry> Entries => _more is null ? [Last] : _more;

    public void Add(JournalEntry entry)
    {
        _more ??= [Last];

        // All entries share one string for the id; each was decoded with a string of its own, which would stay in memory.
        Last = entry with { Customer = Last.Customer };
        _more.Add(Last);
    }
}
