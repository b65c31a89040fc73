using Grid.Model.Customers;
using Npgsql;

namespace Grid.Ledger.Postgres.Lanes;

/// <summary>
/// The columns of some rows as parameters of a statement: one array per column; the states are concatenated in one value. Reused for each batch; only
/// the lane uses it.
/// </summary>
internal sealed class RowArrays
{
    private readonly List<string> _ids = [];
    private readonly List<long> _versions = [];
    private readonly List<long> _dueAt = [];
    private readonly List<int> _starts = [];
    private readonly List<int> _lengths = [];
    private readonly List<long> _checksums = [];
    private readonly NpgsqlParameter<ReadOnlyMemory<byte>> _states = new();
    private byte[] _bytes = new byte[4_096];
    private int _length;

    /// <summary>In the order of the statement: ids, versions, deadlines, where each state starts (from 1), states, their lengths, checksums.</summary>
    public NpgsqlParameter[] Parameters =>
    [
        Database.Value(_ids), Database.Value(_versions), Database.Value(_dueAt), Database.Value(_starts), _states, Database.Value(_lengths),
        Database.Value(_checksums),
    ];

    /// <summary>The largest instant means no deadline; the statement stores it as null.</summary>
    public void Add(CustomerChange change)
    {
        var length = change.State.Length;
        if (_length + length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + length));
        change.State.CopyTo(_bytes, _length);
        _ids.Add(change.Customer.Value);
        _versions.Add(change.Version);
        _dueAt.Add(change.DueAt.Milliseconds);
        _starts.Add(_length + 1);
        _lengths.Add(length);
        _checksums.Add(StoredRow.Checksum(change.Customer, change.Version, change.State));
        _length += length;
    }

    /// <summary>After the last row.</summary>
    public void End() => _states.TypedValue = _bytes.AsMemory(0, _length);

    public void Clear()
    {
        _ids.Clear();
        _versions.Clear();
        _dueAt.Clear();
        _starts.Clear();
        _lengths.Clear();
        _checksums.Clear();
        _length = 0;
    }
}
