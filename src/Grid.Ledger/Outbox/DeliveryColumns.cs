using System.Data.Common;
using System.Text;
using Grid.Model.Customers;
using Grid.Model.Time;

namespace Grid.Ledger.Outbox;

/// <summary>The columns of deliveries: written as arrays with a value per row, and read from a statement.</summary>
internal static class DeliveryColumns
{
    private const char Replacement = '\ufffd';

    /// <summary>The arguments of deliveries-add.</summary>
    public static Array[] From(IReadOnlyList<OutboxRow> rows, int textBytesMax) =>
    [
        Column(rows, row => row.Id),
        Column(rows, row => row.Trigger),
        Column(rows, row => row.Endpoint),
        Column(rows, row => row.Customer.Value),
        Column(rows, row => row.Sequence),
        Column(rows, row => (short)row.Status),
        Column(rows, row => Text(row.Reason, textBytesMax)),
        Column(rows, row => row.DueAt.Milliseconds),
        Column(rows, row => row.CreatedAt.Milliseconds),
        Column(rows, row => row.EffectiveAt.Milliseconds),
        Column(rows, row => row.Payload),
    ];

    /// <summary>The arguments of deliveries-settle.</summary>
    public static Array[] From(IReadOnlyList<DeliveryAttempt> attempts, int textBytesMax) =>
    [
        Column(attempts, attempt => attempt.Number),
        Column(attempts, attempt => (short)attempt.Status),
        Column(attempts, attempt => Text(attempt.Reason, textBytesMax)),
        Column(attempts, attempt => attempt.Attempts),
        Column(attempts, attempt => attempt.DueAt.Milliseconds),
        Column(attempts, attempt => attempt.At.Milliseconds),
        Column(attempts, attempt => attempt.Response?.StatusCode),
        Column(attempts, attempt => Text(attempt.Response?.Text, textBytesMax)),
    ];

    public static async Task<IReadOnlyList<StoredDelivery>> Read(DbCommand command, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var deliveries = new List<StoredDelivery>();
        while (await reader.ReadAsync(cancellation)) deliveries.Add(Read(reader));
        return deliveries;
    }

    /// <summary>
    /// A text that every store takes and that is not longer: cut off between two characters, without the character zero, which PostgreSQL cannot
    /// store, and without halves of surrogate pairs.
    /// </summary>
    public static string? Text(string? text, int bytesMax)
    {
        if (text is null) return null;
        var stored = new StringBuilder(Math.Min(text.Length, bytesMax));
        var bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var storable = rune.Value == 0 ? new Rune(Replacement) : rune;
            if ((bytes += storable.Utf8SequenceLength) > bytesMax) break;
            stored.Append(storable.ToString());
        }

        return stored.ToString();
    }

    private static StoredDelivery Read(DbDataReader reader)
    {
        var row = new OutboxRow(
            reader.GetString(1),
            reader.GetString(2),
            reader.GetString(3),
            new CustomerId(reader.GetString(4)),
            reader.GetString(5),
            (DeliveryStatus)reader.GetInt16(6),
            reader.IsDBNull(7) ? null : reader.GetString(7),
            new Instant(reader.GetInt64(8)),
            new Instant(reader.GetInt64(9)),
            new Instant(reader.GetInt64(10)),
            reader.GetFieldValue<byte[]>(11));
        var response = reader.IsDBNull(15) ? null : new DeliveryResponse(reader.IsDBNull(14) ? null : reader.GetInt32(14), reader.GetString(15));
        return new StoredDelivery(reader.GetInt64(0), row, reader.GetInt32(12), new Instant(reader.GetInt64(13)), response);
    }

    private static T[] Column<TRow, T>(IReadOnlyList<TRow> rows, Func<TRow, T> value)
    {
        var column = new T[rows.Count];
        for (var row = 0; row < column.Length; row++) column[row] = value(rows[row]);
        return column;
    }
}
