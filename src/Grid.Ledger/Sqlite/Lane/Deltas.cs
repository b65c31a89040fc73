using System.Globalization;
using Grid.Ledger.Log;

namespace Grid.Ledger.Sqlite.Lane;

/// <summary>What the journal holds of a customer, in the order of versions.</summary>
internal sealed class Deltas
{
    // Nearly always one.
    private List<JournalEntry>? _more;

    public Deltas(JournalEntry first) => (Last, Bytes) = (first, first.Delta.Length);

    public JournalEntry Last { get; private set; }

    public int Bytes { get; private set; }

    public IReadOnlyList<JournalEntry> Entries => _more is null ? [Last] : _more;

    /// <exception cref="InvalidDataException">It does not follow the last one.</exception>
    public void Add(JournalEntry entry)
    {
        if (entry.Version != Last.Version + 1)
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"The journal goes from version {Last.Version} of customer {entry.Customer} to {entry.Version}."));
        (_more ??= [Last]).Add(entry);
        Last = entry;
        Bytes += entry.Delta.Length;
    }
}
