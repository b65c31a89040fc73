using System.Buffers;
using System.Text.Json;
using Grid.Model.Time;

namespace Grid.Shop;

/// <summary>The body of one <c>/v1/batch</c> call under construction, with at most <see cref="ShopLimits.BatchEventsMax"/> events.</summary>
internal sealed class ShopBatch : IDisposable
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly Utf8JsonWriter _json;

    public ShopBatch()
    {
        _json = new Utf8JsonWriter(_bytes);
    }

    public int Events { get; private set; }

    public Instant LastDeliveredAt { get; private set; }

    public bool IsFull => Events == ShopLimits.BatchEventsMax;

    public void Add(in ShopEvent shopEvent)
    {
        if (Events++ == 0)
        {
            _json.WriteStartObject();
            _json.WriteStartArray("batch");
        }

        ShopEventWriter.Write(_json, shopEvent);
        LastDeliveredAt = shopEvent.DeliveredAt;
    }

    /// <summary>The finished body; it stays valid until <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Close()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
        return _bytes.WrittenMemory;
    }

    public void Clear()
    {
        _bytes.ResetWrittenCount();
        _json.Reset();
        Events = 0;
    }

    public void Dispose() => _json.Dispose();
}
