using System.Collections.Frozen;
using System.Text;
using Grid.Model.Customers;
using Grid.Model.Rejections;

namespace Grid.Ingest.Calls;

/// <summary>
/// Texts that programs write where they have no id, such as <c>undefined</c>. All people without an id would be one customer, and all their orders one
/// order. Compared without regard to case.
/// </summary>
public sealed class PlaceholderIds
{
    /// <summary>
    /// The placeholders of the common programming languages, and those that PostHog and Amplitude refuse. Without <c>0</c> and <c>-1</c>, which they
    /// refuse as well: shops number customers and orders.
    /// </summary>
    public static readonly IReadOnlyList<string> Usual =
    [
        "undefined", "null", "nil", "none", "nan", "n/a", "unset", "unknown", "anonymous", "not_authenticated", "true", "false",
        "(null)", "<null>", "<nil>", "{}", "[]", "[object Object]", "[object Undefined]", "[object Null]", "\"\"", "\'\'",
        "00000000-0000-0000-0000-000000000000",
    ];

    /// <summary>Refuses nothing.</summary>
    public static readonly PlaceholderIds None = new([]);

    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _texts;

    public PlaceholderIds(IEnumerable<string> texts)
    {
        var all = texts.Select(text => IdText.Trim(text).ToString()).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _texts = all.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var text in all) BytesMax = Math.Max(BytesMax, Encoding.UTF8.GetByteCount(text));
    }

    /// <summary>An id in ASCII with more bytes than this is no placeholder.</summary>
    internal int BytesMax { get; }

    /// <summary>The reason why a trimmed id is refused; null when it is no placeholder.</summary>
    internal Reason? Fault(ReadOnlySpan<char> id) => _texts.Contains(id) ? Reasons.PlaceholderId.With(id.ToString()) : null;
}
