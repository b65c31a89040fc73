using Grid.Grains;
using Grid.Model.Customers;

namespace Grid.Server.Silos;

/// <summary>
/// Shares work among the silos that this one knows to be active, without a word between them: each computes the same ranking (rendezvous
/// hashing), so that when a silo goes only its own share moves.
/// </summary>
internal sealed class MembershipShare(IClusterMembershipService membership, ILocalSiloDetails self) : IHostShare
{
    private const ulong LeaderKey = 0;

    // Replaced as a whole when the membership has changed.
    private volatile Silos _silos = new(MembershipVersion.MinValue, []);

    public bool Leads => IsFirst(LeaderKey);

    public bool Owns(CustomerId customer) => IsFirst(Hash(customer.Value));

    private bool IsFirst(ulong key)
    {
        var snapshot = membership.CurrentSnapshot;
        if (_silos.Version != snapshot.Version) _silos = Silos.Of(snapshot);
        var own = Mix(key ^ HashOf(self.SiloAddress));
        foreach (var silo in _silos.Hashes)
            if (Mix(key ^ silo) > own)
                return false;
        return true;
    }

    private static ulong HashOf(SiloAddress silo) => Hash(silo.ToString());

    // FNV-1a: the same in every process, which a string's own hash code is not.
    private static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in text) hash = (hash ^ unit) * 1099511628211UL;
        return hash;
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 31)) * 0x7fb5d329728ea185UL;
        value = (value ^ (value >> 27)) * 0x81dadef4bc2dd44dUL;
        return value ^ (value >> 33);
    }

    private sealed record Silos(MembershipVersion Version, ulong[] Hashes)
    {
        public static Silos Of(ClusterMembershipSnapshot snapshot) => new(
            snapshot.Version,
            [.. snapshot.Members.Values.Where(member => member.Status == SiloStatus.Active).Select(member => HashOf(member.SiloAddress))]);
    }
}
