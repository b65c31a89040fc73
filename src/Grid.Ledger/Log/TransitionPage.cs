using Grid.Model.Bytes;
using Grid.Model.Customers;
using Grid.Model.Time;
using Grid.Model.Transitions;

namespace Grid.Ledger.Log;

/// <summary>
/// The transitions of one batch, packed: format, count, the first recording instant, then each transition with names spelled once a
/// page and instants relative to that first one. A transition of the same customer as the one before leaves the id out.
/// </summary>
internal sealed class TransitionPage
{
    private const byte Format = 1;
    private const byte SameCustomer = 0x80;
    private readonly ByteWriter _writer = new();
    private string? _customer;
    private long _base;

    public ReadOnlySpan<byte> Written => _writer.Written;

    /// <summary>Empties the page for reuse.</summary>
    public void Begin(int count, Instant recordedAt)
    {
        _writer.Clear();
        _customer = null;
        _base = recordedAt.Milliseconds;
        _writer.Byte(Format);
        _writer.Count(count);
        _writer.Signed(_base);
    }

    public void Add(Transition transition)
    {
        var same = string.Equals(transition.Customer.Value, _customer, StringComparison.Ordinal);
        _writer.Byte((byte)((byte)transition.Direction | (same ? SameCustomer : 0)));
        if (!same) _writer.Text(transition.Customer.Value);
        _customer = transition.Customer.Value;
        _writer.Name(transition.Scheme);
        _writer.Name(transition.From);
        _writer.Name(transition.To);
        _writer.Byte((byte)transition.Cause.Kind);
        _writer.Signed(transition.Cause.Number);
        _writer.Signed(unchecked(transition.RecordedAt.Milliseconds - _base));
        _writer.Signed(unchecked(transition.RecordedAt.Milliseconds - transition.EffectiveAt.Milliseconds));
    }

    public void End() => Checksum.Seal(_writer);

    /// <summary>Decodes a stored page; its last transition is number <paramref name="last"/> of its lane.</summary>
    public static void Read(ReadOnlySpan<byte> page, int lane, long last, List<LoggedTransition> into)
    {
        var reader = new ByteReader(Checksum.Open(page));
        if (reader.Byte() != Format) throw new InvalidDataException("A page of the transition log has an unknown format.");
        var count = reader.Count();
        var start = reader.Signed();
        var customer = string.Empty;
        for (var index = 0; index < count; index++)
        {
            var head = reader.Byte();
            if ((head & SameCustomer) == 0) customer = reader.Text();
            var scheme = reader.Name() ?? throw Damaged();
            var from = reader.Name();
            var to = reader.Name();
            var cause = new Cause((CauseKind)reader.Byte(), (int)reader.Signed());
            var recorded = unchecked(start + reader.Signed());
            var effective = unchecked(recorded - reader.Signed());
            var direction = (Direction)(head & ~SameCustomer);
            var transition = new Transition(
                new CustomerId(customer), scheme, from, to, direction, cause, new Instant(effective), new Instant(recorded));
            into.Add(new LoggedTransition(lane, last - count + 1 + index, transition));
        }
    }

    private static InvalidDataException Damaged() => new("A page of the transition log lacks a name.");
}
