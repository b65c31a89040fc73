using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using CsvHelper;
using Grid.Ingest.Calls;
using Grid.Ingest.Values;
using Grid.Model;
using Grid.Model.Bytes;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Rejections;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;

namespace Grid.Ingest.Imports;

/// <summary>
/// Reads orders from CSV: <c>customer_id,order_id,occurred_at,amount,quantity,category,kind</c> with a header, columns in any order. <c>amount</c> is
/// in minor units; <c>kind</c> is sale (or empty), refund or cancellation; quantity, category, kind and channel are optional. Each line is one row,
/// so that an unclosed quote affects no other row. A row is known by its meaning: see <see cref="RowMeaning"/>.
/// </summary>
internal sealed class OrderRows
{
    private static readonly string[] Columns =
        ["customer_id", "order_id", "occurred_at", "amount", "quantity", "category", "kind", "channel"];

    private const int RequiredColumns = 4;

    private readonly int[] _places = new int[Columns.Length];
    private readonly CsvReader _csv;
    private readonly Currency _currency;
    private readonly WallClock? _clock;
    private readonly PlaceholderIds _placeholders;
    private CsvMalformedRecord? _malformed;
    private int _width;

    private OrderRows(Stream stream, Currency currency, WallClock? clock, PlaceholderIds placeholders)
    {
        (_currency, _clock, _placeholders) = (currency, clock, placeholders);
        var options = new CsvReaderOptions
        {
            Separator = ',',
            MaxRecordSize = IngestLimits.CallBytesMax,
            AllowLineBreaksInQuotes = false,
            TrackLineNumbers = true,
            Encoding = Encoding.UTF8,
            OnMalformedRecord = record => _malformed = record,
        };
        _csv = CsvReader.Create(stream, options, leaveOpen: true);
    }

    private enum Column
    {
        Customer,
        Order,
        OccurredAt,
        Amount,
        Quantity,
        Category,
        Kind,
        Channel,
    }

    public static async IAsyncEnumerable<ImportChunk> Read(
        Stream stream,
        Currency currency,
        WallClock? clock,
        PlaceholderIds placeholders,
        Func<Instant> now,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var rows = new OrderRows(stream, currency, clock, placeholders);
        await using var csv = rows._csv;
        var chunk = new ImportChunk(now());
        var hasRow = await rows.Next(cancellation);
        if (csv.Headers.Count > 0) rows.ReadHeader();
        for (; hasRow; hasRow = await rows.Next(cancellation))
        {
            rows.ReadRow(chunk);
            if (!chunk.IsFull) continue;
            yield return chunk;
            chunk = new ImportChunk(now());
        }

        if (chunk.Lines.Count > 0) yield return chunk;
    }

    private async ValueTask<bool> Next(CancellationToken cancellation)
    {
        try
        {
            return await _csv.ReadAsync(cancellation);
        }
        catch (CsvFormatException exception)
        {
            throw new ImportException(
                new LocalizedText(
                    $"有一行无法读取，或超过 {IngestLimits.CallBytesMax} 字节；请检查这一行的引号和换行。",
                    $"a row cannot be read, or is longer than {IngestLimits.CallBytesMax} bytes"),
                $"line {exception.LineNumber}");
        }
    }

    private void ReadHeader()
    {
        var names = _csv.Headers;
        _width = names.Count;
        for (var column = 0; column < Columns.Length; column++)
        {
            _places[column] = -1;
            for (var place = 0; place < names.Count; place++)
            {
                if (!names[place].Trim().Equals(Columns[column], StringComparison.OrdinalIgnoreCase)) continue;
                if (_places[column] >= 0) throw new ImportException(Twice(Columns[column]), "line 1");
                _places[column] = place;
            }
        }

        var missing = Columns.Take(RequiredColumns).Where((_, column) => _places[column] < 0).ToList();
        if (missing.Count > 0) throw new ImportException(Missing(missing), "line 1");
    }

    private static LocalizedText Twice(string column) =>
        new($"列“{column}”出现了两次；请只保留一列。", $"column '{column}' is there twice");

    private static LocalizedText Missing(IReadOnlyList<string> columns) =>
        new($"缺少列：{string.Join("、", columns)}；请在第一行补上。", $"missing columns: {string.Join(", ", columns)}");

    private void ReadRow(ImportChunk chunk)
    {
        var malformed = _malformed;
        _malformed = null;
        var line = _csv.LineNumber;
        var raw = _csv.RawRecord;
        if (malformed is { } record)
            chunk.AddReject(raw, line, null, record.Reason is CsvMalformedReason.LineBreakInQuotes or CsvMalformedReason.UnterminatedQuote
                ? Reasons.QuoteNotClosed : Reasons.QuoteNotAllowed, "the row");
        else if (!Utf8.IsValid(raw))
            chunk.AddReject(raw, line, null, Reasons.RowNoUtf8, "the row");
        else if (_csv.FieldCount != _width)
            chunk.AddReject(raw, line, null, Reasons.ColumnsDiffer.With(_csv.FieldCount, _width), "the row");
        else
            ReadRow(chunk, raw, line);
    }

    private void ReadRow(ImportChunk chunk, ReadOnlySpan<byte> raw, long line)
    {
        var error = CustomerId.Read(Encoding.UTF8.GetString(Value(Column.Customer)), out var id);
        if ((error ?? PlaceholderFault(id)) is { } reason)
        {
            chunk.AddReject(raw, line, null, reason, Columns[(int)Column.Customer]);
            return;
        }

        var customer = id.Value;
        var wrong = ReadFact(chunk, out var fact);
        if (wrong is var (what, column)) chunk.AddReject(raw, line, customer, Reasons.InField.With(Columns[(int)column], what), Columns[(int)column]);
        else chunk.AddFact(raw, line, customer, fact!);
    }

    private Reason? PlaceholderFault(CustomerId id) => _placeholders.Fault(
        id.Value.StartsWith(CustomerId.AnonymousPrefix, StringComparison.Ordinal) ? id.Value.AsSpan(CustomerId.AnonymousPrefix.Length) : id.Value);

    private (Reason Reason, Column Column)? ReadFact(ImportChunk chunk, out Fact? fact)
    {
        fact = null;
        var invalid = CallFields.IdFault(Value(Column.Order), Limits.OrderIdBytesMax, out var order) ?? _placeholders.Fault(order);
        if (invalid is not null) return (invalid, Column.Order);
        if (!IsoInstant.TryRead(Value(Column.OccurredAt), out var at, out var hasZone)) return (Reasons.NoInstant, Column.OccurredAt);
        if (!hasZone && _clock is not null) at = _clock.Read(at);
        if (!hasZone && _clock is null) chunk.AssumedUtc++;
        if (CallReader.TimeFault(at, chunk.Batch.ReceivedAt) is { } time) return (time, Column.OccurredAt);

        var kind = Value(Column.Kind);
        if (kind.SequenceEqual("cancellation"u8))
        {
            fact = new OrderCancelled(at, RowMeaning.OfCancellation(at, order), order);
            return null;
        }

        var isRefund = kind.SequenceEqual("refund"u8);
        if (isRefund && Value(Column.Amount).IsEmpty)
        {
            fact = new OrderRefunded(at, RowMeaning.OfRefund(at, order, null), order, null);
            return null;
        }

        if (AmountFault(Value(Column.Amount), out var amount) is { } wrong) return (wrong, Column.Amount);
        if (isRefund)
        {
            fact = new OrderRefunded(at, RowMeaning.OfRefund(at, order, amount), order, amount);
            return null;
        }

        return kind.IsEmpty || kind.SequenceEqual("sale"u8)
            ? ReadSale(at, order, amount, out fact)
            : (Reasons.NoRowKind, Column.Kind);
    }

    /// <summary>The rule of calls, for an amount in minor units: binary noise does no harm, more decimals than the currency has are rejected.</summary>
    private Reason? AmountFault(ReadOnlySpan<byte> text, out long amount)
    {
        var point = text.IndexOf((byte)'.');
        var isMajor = _currency.MinorUnits > 0 && point >= 0 && text.Length - point - 1 == _currency.MinorUnits;
        var reason = Amount.Read(text, minorUnits: 0, out amount);
        if (reason == Reasons.AmountTooPrecise || reason == Reasons.AmountNoNumber) return Reasons.AmountNoMinorUnits;
        return reason is null && isMajor ? Reasons.AmountInMajorUnits : reason;
    }

    private (Reason Reason, Column Column)? ReadSale(Instant at, string order, long amount, out Fact? fact)
    {
        fact = null;
        long quantity = 1;
        if (!Value(Column.Quantity).IsEmpty && (!TryWhole(Column.Quantity, out quantity) || quantity is < 0 or > IngestLimits.QuantityMax))
            return (Reasons.NoWholeNumber.With(0, IngestLimits.QuantityMax), Column.Quantity);
        foreach (var column in (ReadOnlySpan<Column>)[Column.Category, Column.Channel])
            if (!Value(column).IsEmpty && CallFields.NameFault(Value(column), Limits.NameBytesMax) is { } reason)
                return (reason, column);
        var key = RowMeaning.OfSale(at, order, amount);
        fact = new OrderPaid(at, key, order, amount, NameOrNull(Column.Category), NameOrNull(Column.Channel), (int)quantity);
        return null;
    }

    private string? NameOrNull(Column column) => Value(column) is { IsEmpty: false } text ? NamePool.Get(text) : null;

    private bool TryWhole(Column column, out long number)
    {
        var text = Value(column);
        return Utf8Parser.TryParse(text, out number, out var used) && used == text.Length;
    }

    private ReadOnlySpan<byte> Value(Column column) => _places[(int)column] < 0 ? default : _csv.GetSpan(_places[(int)column]);
}

/// <summary>The import stops here; the rows before have been delivered.</summary>
public sealed class ImportException(LocalizedText text, string place) : Exception(text.En)
{
    public LocalizedText Text { get; } = text;

    public string Place { get; } = place;
}
