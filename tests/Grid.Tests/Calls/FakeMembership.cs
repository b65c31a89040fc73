using System.Collections.Immutable;
using System.Net;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Grid.Tests.Calls;

/// <summary>A cluster whose silos die on command of the test.</summary>
internal sealed class FakeMembership : IClusterMembershipService
{
    private readonly Channel<ClusterMembershipSnapshot> _updates = Channel.CreateUnbounded<ClusterMembershipSnapshot>();
    private volatile ClusterMembershipSnapshot _current;

    public FakeMembership(int silos = 1)
    {
        var members = Enumerable.Range(0, silos).Select(number => new ClusterMember(Silo(number), SiloStatus.Active, $"silo {number}"));
        _current = new ClusterMembershipSnapshot(members.ToImmutableDictionary(member => member.SiloAddress), new MembershipVersion(1));
    }

    public ClusterMembershipSnapshot CurrentSnapshot => _current;

    public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => Updates();

    /// <summary>One silo after another.</summary>
    public void Set(int silo, SiloStatus status)
    {
        var member = new ClusterMember(Silo(silo), status, $"silo {silo}");
        _current = new ClusterMembershipSnapshot(
            _current.Members.SetItem(member.SiloAddress, member), new MembershipVersion(_current.Version.Value + 1));
        _updates.Writer.TryWrite(_current);
    }

    public ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default) => default;

    public Task<bool> TryKill(SiloAddress siloAddress) => throw new NotSupportedException();

    private static SiloAddress Silo(int number) => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11_111 + number), 1);

    private async IAsyncEnumerable<ClusterMembershipSnapshot> Updates([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        yield return _current;
        await foreach (var update in _updates.Reader.ReadAllAsync(cancellation)) yield return update;
    }
}
