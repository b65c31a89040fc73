using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Grid.Ledger;
using Grid.Model.Transitions;

namespace Grid.Grains.Segments;

/// <summary>
/// A mark of the log's content at a position: a hash of the last transition of each lane up to it. Stored counts have their position and its mark;
/// they belong to this log only when its mark there is the same. After a restore of only the counts or only the log, it differs.
/// </summary>
public static class LogFingerprint
{
    private const int BytesKept = 8;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(GridLimits.LogHeadLookMilliseconds);

    /// <summary>The mark at a position, or null when the log ends before.</summary>
    public static async ValueTask<string?> At(ILedger ledger, LogPosition position, CancellationToken cancellation)
    {
        // A position counted by another process may be committed although this process does not know it yet.
        for (var look = 0; !ledger.Head.Covers(position); look++)
        {
            if (look == GridLimits.LogHeadLooksMax) return null;
            await Task.Delay(Between, TimeProvider.System, cancellation);
        }

        var before = position;
        for (var lane = 0; lane < position.Lanes; lane++) before = before.With(lane, Math.Max(0, position[lane] - 1));

        // Each lane contributes one transition to the page.
        var page = await ledger.Tail(before, Math.Max(position.Lanes, ledger.Head.Lanes), cancellation);
        var marks = new string[position.Lanes];
        for (var lane = 0; lane < position.Lanes; lane++)
        {
            if (position[lane] == 0) continue;
            var last = page.Items.FirstOrDefault(item => item.Lane == lane && item.Sequence == position[lane]);
            if (last is null) return null;
            marks[lane] = Hash(last.Transition);
        }

        return string.Join('.', marks);
    }

    /// <summary>Whether the log reaches a position and has the given mark there.</summary>
    /// <param name="mark">Null when unknown: then the log need only reach the position.</param>
    public static async ValueTask<bool> IsAt(ILedger ledger, LogPosition position, string? mark, CancellationToken cancellation) =>
        await At(ledger, position, cancellation) is { } found && (mark is null || mark == found);

    /// <summary>The hash leaves out the customer, whose name an erasure replaces.</summary>
    private static string Hash(Transition transition)
    {
        var (effective, recorded) = (transition.EffectiveAt.Milliseconds, transition.RecordedAt.Milliseconds);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{transition.Scheme} {transition.From} {transition.To} {transition.Cause.Kind} {transition.Cause.Number} {effective} {recorded}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, BytesKept));
    }
}
