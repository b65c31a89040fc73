using System.Runtime.CompilerServices;
using Grid.Grains;

namespace Grid.Api.Segments;

/// <summary>
/// The stream of counts for one client; each frame is the difference to the client's last one. A slow client gets the newest counts next: no frames
/// are queued for it.
/// </summary>
internal sealed class SegmentStream(SegmentBroadcaster board, GridClock clock, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(ApiLimits.FrameIntervalMilliseconds);

    // Slightly less than the board's own heartbeat, so that the stream does not skip one.
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(ApiLimits.HeartbeatMilliseconds) - Interval;

    /// <param name="schemes">Null: all.</param>
    /// <param name="cancellation">Ends the stream.</param>
    public async IAsyncEnumerable<SegmentsFrame> Frames(
        IReadOnlyList<string>? schemes, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var watching = board.Watch();
        GridCounts? seen = null;
        GridCounts? sent = null;
        var sentAt = time.GetTimestamp();
        while (true)
        {
            var (counts, replaced) = board.Latest;
            if (counts is null || ReferenceEquals(counts, seen))
            {
                await replaced.WaitAsync(cancellation);
                continue;
            }

            seen = counts;
            if (Frame(sent, counts, schemes, time.GetElapsedTime(sentAt) >= Silence) is not { } frame) continue;
            sent = counts;
            sentAt = time.GetTimestamp();
            yield return frame;
            var early = Interval - time.GetElapsedTime(sentAt);
            if (early > TimeSpan.Zero) await Task.Delay(early, time, cancellation);
        }
    }

    /// <summary>Null when no count changed and no heartbeat is due.</summary>
    private SegmentsFrame? Frame(GridCounts? sent, GridCounts counts, IReadOnlyList<string>? schemes, bool isSilent)
    {
        var position = counts.Position.ToString();
        var asOf = counts.AsOf.ToString();
        var requested = counts.Schemes.Where(scheme => schemes is null || schemes.Contains(scheme.Scheme.Id));
        if (sent is null || sent.Rulebook != counts.Rulebook)
            return new SegmentsSnapshotFrame(position, asOf, counts.Population, clock.Speed, [.. requested.Select(Layers)]);

        var changes = new List<LayerChange>();
        foreach (var scheme in requested)
        {
            var before = sent.Find(scheme.Scheme.Id)!.Counts;
            for (var layer = 0; layer < scheme.Counts.Length; layer++)
                if (scheme.Counts[layer] != before[layer])
                    changes.Add(new LayerChange(scheme.Scheme.Id, scheme.Scheme.Layers[layer], scheme.Counts[layer]));
        }

        if (changes.Count == 0 && counts.Population == sent.Population && !isSilent) return null;
        return new SegmentsDeltaFrame(position, asOf, counts.Population, changes);
    }

    private static SchemeLayers Layers(SchemeCounts scheme) =>
        new(scheme.Scheme.Id, [.. scheme.Scheme.Layers.Select((layer, index) => new LayerCount(layer, scheme.Counts[index]))]);
}
