using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Grid.Ledger.Sqlite;

/// <summary>
/// Checks the write-ahead log of an ended process before SQLite reads it. SQLite stops at the first frame that does not match its checksum and
/// silently drops the frames after it. That is right after an interrupted write, but loses events when the disk has changed a frame. Intact frames of
/// later transactions tell the two cases apart. The format is that of SQLite's documentation: "Database File Format", section 4.
/// </summary>
internal static class WriteAheadDamage
{
    private const int HeaderBytes = 32;
    private const int FrameHeaderBytes = 24;
    private const int FrameChecksummedBytes = 8;
    private const int PageBytesMax = 65_536;
    private const int BufferBytes = 1 << 20;
    private const uint Magic = 0x377F0682;

    /// <summary>Null when no later transaction is lost. Otherwise a message with the path of the kept copy of the log.</summary>
    /// <param name="path">The path of the database's file.</param>
    public static string? Find(string path)
    {
        var log = $"{path}-wal";
        if (!File.Exists(log) || Count(log) is not { Behind: > 0 } found) return null;
        var copy = Enumerable.Range(1, int.MaxValue).Select(number => $"{log}.damaged-{number}").First(name => !File.Exists(name));
        File.Copy(log, copy);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{log} is damaged: frame {found.Damaged} does not match its checksum, and {found.Behind} intact frames of later transactions stand "
            + $"behind it, which SQLite drops. Unless the machine lost its power while they were written, answered events are lost. "
            + $"The log was kept as {copy}; restore a backup, or have the senders send again what they sent last.");
    }

    /// <returns>
    /// The first damaged frame, counted from 1, and the number of intact frames of later transactions after it; null without damage.
    /// </returns>
    private static (long Damaged, long Behind)? Count(string log)
    {
        using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, BufferBytes);
        var header = new byte[HeaderBytes];
        if (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes) return null;
        var magic = Word(header, 0);
        var pageBytes = (int)Word(header, 8);
        if ((magic & ~1u) != Magic || pageBytes is < 512 or > PageBytesMax) return null;
        var isBigEndian = (magic & 1) == 1;
        var sum = Add(default, header.AsSpan(..24), isBigEndian);
        if (sum != SumAt(header, 24)) return null;

        var frame = new byte[FrameHeaderBytes + pageBytes];
        long number = 0, damaged = 0, behind = 0;
        var isLater = false;
        while (file.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length)
        {
            // Frames of an earlier round of the log have other salts.
            if (!frame.AsSpan(8, 8).SequenceEqual(header.AsSpan(16, 8))) break;
            number++;
            sum = Add(Add(sum, frame.AsSpan(..FrameChecksummedBytes), isBigEndian), frame.AsSpan(FrameHeaderBytes..), isBigEndian);
            var stored = SumAt(frame, 16);
            var isIntact = sum == stored;
            sum = stored;
            if (!isIntact && damaged == 0) damaged = number;
            if (damaged == 0) continue;
            if (isIntact && isLater) behind++;

            // A frame with the size of the database ends a transaction.
            isLater |= isIntact && Word(frame, 4) != 0;
        }

        return damaged == 0 ? null : (damaged, behind);
    }

    private static uint Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);

    private static (uint, uint) SumAt(ReadOnlySpan<byte> bytes, int at) => (Word(bytes, at), Word(bytes, at + 4));

    private static (uint, uint) Add((uint First, uint Second) sum, ReadOnlySpan<byte> bytes, bool isBigEndian)
    {
        var (first, second) = sum;
        var words = MemoryMarshal.Cast<byte, uint>(bytes);
        var reverse = isBigEndian == BitConverter.IsLittleEndian;
        for (var index = 0; index < words.Length; index += 2)
        {
            first += second + (reverse ? BinaryPrimitives.ReverseEndianness(words[index]) : words[index]);
            second += first + (reverse ? BinaryPrimitives.ReverseEndianness(words[index + 1]) : words[index + 1]);
        }

        return (first, second);
    }
}
