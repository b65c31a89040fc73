using System.Text.Json;

namespace Grid.Ingest.Calls;

/// <summary>Reads how many pieces an order has, and the category of its first product.</summary>
internal static class ProductReader
{
    public static void Read(ref CallFields fields, out int quantity, out string? category)
    {
        category = null;
        var products = fields.Slot(Field.Products);
        if (products.Type == JsonTokenType.StartArray && ReadArray(ref fields, products, out quantity, out category)) return;
        if (products.Present && products.Type != JsonTokenType.StartArray)
            fields.Note(products, $"left out: it is {JsonNames.Describe(products.Type)}, expected an array");
        quantity = fields.Has(Field.Quantity) ? Quantity(ref fields, fields.Slot(Field.Quantity)) : 1;
    }

    /// <summary>False when the array is empty.</summary>
    private static bool ReadArray(ref CallFields fields, Slot products, out int quantity, out string? category)
    {
        long sum = 0;
        category = null;
        var count = 0;
        var json = new Utf8JsonReader(fields.Body.Slice(products.Start, products.Length));
        json.Read();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            var pieces = 1;
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isQuantity = json.ValueTextEquals("quantity"u8);
                var isCategory = count == 0 && json.ValueTextEquals("category"u8);
                json.Read();
                var start = products.Start + (int)json.TokenStartIndex;
                var value = new Slot(start, 0, json.TokenType, json.ValueIsEscaped);
                json.Skip();
                value = value with { Length = products.Start + (int)json.BytesConsumed - start };
                if (!value.Present) continue;
                if (isQuantity) pieces = Quantity(ref fields, value);
                if (isCategory) category = fields.OptionalName(value);
            }

            sum += pieces;
            count++;
        }

        quantity = (int)Math.Min(sum, IngestLimits.QuantityMax);
        return count > 0;
    }

    private static int Quantity(ref CallFields fields, Slot slot)
    {
        if (fields.Whole(slot) is >= 0 and <= IngestLimits.QuantityMax and var quantity) return (int)quantity;
        fields.Note(slot, $"left out: it is no whole number of 0 to {IngestLimits.QuantityMax}");
        return 1;
    }
}
