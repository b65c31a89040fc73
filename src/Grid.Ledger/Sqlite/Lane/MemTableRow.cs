using System.Globalization;
using Grid.Ledger.Log;
using Grid.Ledger.Sqlite.Reading;
using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Ledger.Sqlite.Lane;

/// <summary>
/// A customer's newest state that is in the journal but perhaps not in its row. What this process committed is there as bytes, the
/// committer's own array. What was recovered from the journal is there as deltas until somebody asks for the state: the row is read then and
/// the deltas are folded onto it, so that a start needs not do so for everybody.
/// </summary>
/// <remarks>
/// Several threads may fold the same row, each on a connection of its own: the bytes are the same. The checkpoint and an erasure fold a row
/// before they write or remove it and before anything newer is written, so that a row found newer than its deltas has been folded.
/// </remarks>
internal sealed class MemTableRow
{
    // The state is written before the deltas are let go, and read after them.
    private byte[]? _state;
    private Deltas? _deltas;

    public MemTableRow(long version, byte[] state, Instant dueAt) => (Version, _state, DueAt, Bytes) = (version, state, dueAt, state.Length);

    /// <param name="first">What the journal holds first of a customer.</param>
    public MemTableRow(JournalEntry first)
    {
        _deltas = new Deltas(first);
        (Version, DueAt, Bytes) = (first.Version, CustomerHeader.DueAtOf(first.Delta.Span), first.Delta.Length);
    }

    public long Version { get; private set; }

    public Instant DueAt { get; private set; }

    /// <summary>What it is counted as: the state or, when it was recovered, the deltas.</summary>
    public int Bytes { get; private set; }

    /// <summary>Adds the next delta of the journal. Only before the row is shared.</summary>
    /// <returns>How much <see cref="Bytes"/> has grown.</returns>
    /// <exception cref="InvalidDataException">It does not follow the one before it.</exception>
    public int Add(JournalEntry entry)
    {
        var before = Bytes;
        if (entry.Version <= Version)
        {
            // A crash came between the two steps of a checkpoint that writes the deltas of a damaged row again and drops the old ones.
            // The second time all of them follow, of the first time some may be gone.
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

    /// <summary>The state; null while it is there as deltas.</summary>
    public byte[]? State => Volatile.Read(ref _deltas) is null ? _state : null;

    /// <summary>What is in the journal of a customer who was recovered and not folded yet.</summary>
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

    /// <summary>The head, for which the deltas are enough beside the one that is stored.</summary>
    /// <param name="stored">Null when none is stored.</param>
    /// <exception cref="LedgerException">The stored head is not one that the deltas follow.</exception>
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
