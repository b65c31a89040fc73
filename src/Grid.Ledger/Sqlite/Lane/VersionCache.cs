using System.Numerics;
using System.Runtime.InteropServices;
using Grid.Model.Customers;
using Grid.Model.Facts;

namespace Grid.Ledger.Sqlite.Lane;

/// <summary>
/// Versions of rows, so that the lane need not read a row for the first change after a checkpoint. Bounded: four slots per hash, of which a new
/// version replaces one. Only the lane uses it.
/// </summary>
/// <remarks>
/// A customer is identified by 63 bits of hash. A remembered version only confirms a change whose version fits; when it does not fit, the lane reads
/// the row itself. A stale writer would go unnoticed only if its customer had the hash of another with exactly the right version.
/// </remarks>
internal sealed class VersionCache
{
    private const int Ways = 4;
    private readonly ulong[] _keys;
    private readonly long[] _versions;
    private uint _next;

    public VersionCache(int versionsMax)
    {
        var places = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(Ways, versionsMax));
        _keys = new ulong[places];
        _versions = new long[places];
    }

    /// <summary>The remembered version; -1 when it is unknown, 0 when there is no row.</summary>
    public long Get(CustomerId customer)
    {
        var key = Key(customer);
        var start = Set(key);
        for (var place = start; place < start + Ways; place++)
            if (_keys[place] == key)
                return _versions[place];
        return -1;
    }

    public void Put(CustomerId customer, long version)
    {
        var key = Key(customer);
        var start = Set(key);
        var chosen = start + (int)(_next++ % Ways);
        for (var place = start; place < start + Ways; place++)
        {
            if (_keys[place] == key)
            {
                chosen = place;
                break;
            }

            if (_keys[place] == 0) chosen = place;
        }

        _keys[chosen] = key;
        _versions[chosen] = version;
    }

    private int Set(ulong key) => (int)(key & (ulong)(_keys.Length - 1)) & ~(Ways - 1);

    private static ulong Key(CustomerId customer) => MessageKey.From(MemoryMarshal.AsBytes(customer.Value.AsSpan())).Value | (1UL << 63);
}
