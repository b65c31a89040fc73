using Grid.Model.Customers;

namespace Grid.Ledger;

/// <summary>The order of ids that all stores share: that of their UTF-8 bytes, which is the order of their code points.</summary>
internal sealed class IdOrder : IComparer<CustomerId>
{
    public static readonly IdOrder Instance = new();

    public int Compare(CustomerId x, CustomerId y)
    {
        var left = x.Value.AsSpan();
        var right = y.Value.AsSpan();
        var same = left.CommonPrefixLength(right);
        if (same == left.Length || same == right.Length) return left.Length.CompareTo(right.Length);
        return Rank(left[same]).CompareTo(Rank(right[same]));
    }

    /// <summary>UTF-16 spells code points above U+FFFF with units that sort before U+E000; here they come last.</summary>
    private static int Rank(char unit) => unit < '\ud800' ? unit : char.IsSurrogate(unit) ? unit + 0x10000 : unit;
}
