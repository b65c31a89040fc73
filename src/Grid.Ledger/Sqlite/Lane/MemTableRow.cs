using System.Globalization;
using Grid.Ledger.Log;
using Grid.Ledger.Sqlite.Reading;
using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Ledger.Sqlite.Lane;

/// <summary>
/// A customer's newest state, which is in the journal but perhaps not in its row. A state committed by this process is held as bytes, in the
/// committer's own array. A state recovered from the journal is held as deltas until its first read: only then the row is read and the deltas are
/// folded onto it, so that a start need not fold every customer.
/// </summary>
/// <remarks>
/// Several threads may fold the same row, each on a connection of its own: they get the same bytes. The checkpoint and an erasure fold a row before
/// they write or remove it, and before a newer state is written. A row newer than its deltas has therefore been folded.
/// </remarks>
internal sealed class MemTableRow
{
    // The writer sets the state before it clears the deltas; a reader reads the deltas first.
    private byte[]? _state;
    private Deltas? _deltas;

    public MemTableRow(long version, byte[] state, Instant dueAt) => (Version, _state, DueAt, Bytes) = (version, state, dueAt, state.Length);

    /// <param name="first">The customer's first delta in the journal.</param>
    public MemTableRow(JournalEntry first)
    {
        _deltas = new Deltas(first);
        (Version, DueAt, Bytes) = (first.Version, CustomerHeader.DueAtOf(first.Delta.Span), first.Delta.Length);
    }

    public long Version { get; private set; }

    public Instant DueAt { get; private set; }

    /// <summary>The bytes that count towards the limits: of the state or, for a recovered customer, of the deltas.</summary>
    public int Bytes { get; private set; }

    /// <summary>Adds the next delta of the journal. Only before other threads see the row.</summary>
    /// <returns>The growth of <see cref="Bytes"/>.</returns>
    /// <exception cref="InvalidDataException">The delta does not follow the one before it.</exception>
    public int Add(JournalEntry entry)
    {
        var before = Bytes;
        if (entry.Version <= Version)
        {
            // A checkpoint appends the deltas of a damaged row again, then drops the old ones; a crash came between. The new copy is complete, the
            // old one may have lost some deltas, so the row starts again from the new copy.
            _deltas = new Deltas(entry);
            (Version, DueAt, Bytes) = (entry.Version, CustomerHeader.DueAtOf(entry.Delta.Span), entry.Delta.Length);
            return Bytes - before;
        }

        if (entry.Version != Version + 1)
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"The journal goes from version {Version} of customer {entry.Customer} to {entry.Version}."));
        _deltas!.Add(entry);
        (Version, DueAt) = (entry.Version, CustomerHeader.DueAtOf(entry.Delta.Span));
        Bytes += entry.Delta.Length;
        return Bytes - before;
    }

    /// <summary>The state; null while the row holds only deltas.</summary>
    public byte[]? State => Volatile.Read(ref _deltas) is null ? _state : null;

    /// <summary>The deltas of a recovered customer that are not folded yet.</summary>
    public IReadOnlyList<JournalEntry> Unfolded => Volatile.Read(ref _deltas)?.Entries ?? [];

    /// <summary>The state. The first read of a recovered customer reads its row.</summary>
    /// <exception cref="LedgerException">The row is damaged, or cannot be read now.</exception>
    public byte[] Fold(Database database, CustomerId customer)
    {
        if (Volatile.Read(ref _deltas) is not { } deltas) return _state!;
        try
        {
            return Fold(database, customer, deltas);
        }
        catch (InvalidDataException failure)
        {
            throw LedgerException.Damaged(customer, failure);
        }
    }

    /// <summary>The head, computed from the stored head and the deltas.</summary>
    /// <param name="stored">The stored head; null when there is none.</param>
    /// <exception cref="LedgerException">The deltas do not follow the stored head.</exception>
    public CommittedCustomer Head(CustomerId customer, CommittedCustomer? stored)
    {
        if (Volatile.Read(ref _deltas) is not { } deltas) return CommittedCustomer.From(customer, Version, DueAt, _state!);
        if (stored?.Version >= Version) return stored.Value;
        var version = stored?.Version ?? 0;
        var standing = stored?.Standing ?? new LayerAssignments(0, []);
        foreach (var entry in deltas.Entries)
        {
            if (entry.Version <= version) continue;
            if (entry.Version != version + 1)
                return State is { } state
                    ? CommittedCustomer.From(customer, Version, DueAt, state)
                    : throw LedgerException.Damaged(customer, Gap(version, entry.Version));
            standing = CustomerCodec.FoldStanding(standing, entry.Delta.Span);
            version = entry.Version;
        }

        return new CommittedCustomer(customer, Version, DueAt, CustomerHeader.Read(deltas.Last.Delta.Span).Measures, standing);
    }

    private byte[] Fold(Database database, CustomerId customer, Deltas deltas)
    {
        var row = CustomerRows.Load(database, customer);
        if (row?.Version > Version) return State ?? throw Gap(row.Version, Version);
        var state = row?.State ?? [];
        var version = row?.Version ?? 0;
        foreach (var entry in deltas.Entries)
        {
            if (entry.Version <= version) continue;
            if (entry.Version != version + 1) return State ?? throw Gap(version, entry.Version);
            state = CustomerCodec.Fold(state, entry.Delta.Span);
            version = entry.Version;
        }

        _state = state;
        Volatile.Write(ref _deltas, null);
        return state;
    }

    private static InvalidDataException Gap(long version, long next) => new(string.Create(
        CultureInfo.InvariantCulture, $"it is at version {version}, and the journal goes on with {next}"));
}
