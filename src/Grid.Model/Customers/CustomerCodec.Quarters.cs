using Grid.Model.Bytes;

namespace Grid.Model.Customers;

/// <summary>
/// How the hours of interactions and of views split into quarters of an hour. The base of a state has only the hours, which every build can read. The
/// section begins with the number of all events, so that this build notices when an earlier one has counted more; then the hour from which quarters
/// are known, 0 for all; then each hour whose events are not all in its first quarter.
/// </summary>
public static partial class CustomerCodec
{
    private static void WriteQuarters(ByteWriter writer, HourBuckets hours)
    {
        if (hours.Buckets.IsEmpty) return;
        writer.Signed(hours.Events());
        writer.Signed(hours.QuartersFrom);
        var before = 0;
        foreach (ref readonly var bucket in hours.Buckets)
        {
            if (bucket.Later.IsNone) continue;
            writer.Signed(bucket.Hour - before);
            before = bucket.Hour;
            writer.Name(bucket.Name);
            WriteQuarters(writer, bucket.Later);
        }
    }

    /// <summary>A byte that tells which quarters and dwell times follow; each is a count above 0.</summary>
    private static void WriteQuarters(ByteWriter writer, in QuarterTotals totals)
    {
        var present = 0;
        for (var quarter = 1; quarter < HourBucket.Quarters; quarter++)
        {
            if (totals.CountOf(quarter) > 0) present |= 1 << (2 * quarter);
            if (totals.DwellOf(quarter) > 0) present |= 2 << (2 * quarter);
        }

        writer.Byte((byte)present);
        for (var quarter = 1; quarter < HourBucket.Quarters; quarter++)
        {
            if (totals.CountOf(quarter) > 0) writer.Count(totals.CountOf(quarter));
            if (totals.DwellOf(quarter) > 0) writer.Count(totals.DwellOf(quarter));
        }
    }

    private static bool ReadQuarters(ref ByteReader reader, HourBuckets hours)
    {
        var known = reader.Signed();
        var from = (int)reader.Signed();
        var (hour, index) = (0, 0);
        while (!reader.AtEnd)
        {
            hour += (int)reader.Signed();
            var name = reader.Name() ?? throw new InvalidDataException("An hour of a customer state has no name.");
            index = hours.Split(index, hour, name, ReadQuarters(ref reader));
        }

        if (known == hours.Events()) hours.BeginQuarters(from);
        else WithoutQuarters(hours);
        return true;
    }

    private static QuarterTotals ReadQuarters(ref ByteReader reader)
    {
        var present = (int)reader.Byte();
        return new QuarterTotals(
            Part(ref reader, 4), Part(ref reader, 8), Part(ref reader, 16), Part(ref reader, 32), Part(ref reader, 64), Part(ref reader, 128));

        int Part(ref ByteReader of, int bit) => (present & bit) == 0 ? 0 : of.Count();
    }

    /// <summary>A build that knows hours only has counted events: the quarters are known from the hour after the last one.</summary>
    private static void WithoutQuarters(HourBuckets hours)
    {
        if (!hours.Buckets.IsEmpty) hours.BeginQuarters(hours.Buckets[^1].Hour + 1);
    }
}
