using System.Globalization;
using System.Text;
using System.Text.Json;
using Grid.Ingest.Values;
using Grid.Model;
using Grid.Model.Rejections;

namespace Grid.Ingest.Calls;

/// <summary>Reads the products of an order or of a refund.</summary>
internal static class ProductReader
{
    /// <summary>How many pieces an order has, and the category of its first product.</summary>
    public static void Read(ref CallFields fields, out int quantity, out string? category)
    {
        category = null;
        var products = fields.Slot(Field.Products);
        if (products.Type == JsonTokenType.StartArray && ReadArray(ref fields, products, out quantity, out category)) return;
        if (products.Present && products.Type != JsonTokenType.StartArray)
            fields.Note(products, CallFields.WrongKind(products, ReasonWords.Array));
        quantity = fields.Has(Field.Quantity) ? Quantity(ref fields, fields.Slot(Field.Quantity)) : 1;
    }

    /// <summary>How many pieces a refund returns, and the sum of their prices; null when a price is missing.</summary>
    /// <param name="pieces">0 when the refund names no product: it is of the rest of the order.</param>
    public static long? ReadReturned(ref CallFields fields, Currency currency, out int pieces)
    {
        pieces = 0;
        var products = fields.Slot(Field.Products);
        if (products.Type != JsonTokenType.StartArray)
        {
            fields.Fail(products, CallFields.WrongKind(products, ReasonWords.Array));
            return null;
        }

        long? sum = 0;
        long count = 0;
        var hasProduct = false;
        var json = new Utf8JsonReader(fields.Body.Slice(products.Start, products.Length));
        json.Read();
        while (TryNext(ref json, products.Start, out var product))
        {
            hasProduct = true;
            if (!TryReturned(ref fields, product, out var returned)) return null;
            count += returned;
            if (returned == 0) continue;
            if (!product.Price.Present) sum = null;
            else if (!TryPrice(ref fields, product.Price, returned, currency, out var price)) return null;
            else sum += price;
            if (sum > Limits.AmountMax) fields.Fail(products, Reasons.AmountTooLarge);
            if (fields.Fault is not null) return null;
        }

        pieces = (int)Math.Min(count, IngestLimits.QuantityMax);
        return hasProduct ? sum : null;
    }

    /// <summary>False when the array is empty.</summary>
    private static bool ReadArray(ref CallFields fields, Slot products, out int quantity, out string? category)
    {
        long sum = 0;
        category = null;
        var count = 0;
        var json = new Utf8JsonReader(fields.Body.Slice(products.Start, products.Length));
        json.Read();
        while (TryNext(ref json, products.Start, out var product))
        {
            sum += product.Quantity.Present ? Quantity(ref fields, product.Quantity) : 1;
            if (count++ == 0 && product.Category.Present) category = fields.OptionalName(product.Category);
        }

        quantity = (int)Math.Min(sum, IngestLimits.QuantityMax);
        return count > 0;
    }

    /// <summary>The next product of an array: an object, or a text or number that only names it.</summary>
    private static bool TryNext(ref Utf8JsonReader json, int offset, out Product product)
    {
        product = default;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType is JsonTokenType.String or JsonTokenType.Number) return true;
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName) ReadMember(ref json, offset, ref product);
            return true;
        }

        return false;
    }

    private static void ReadMember(ref Utf8JsonReader json, int offset, ref Product product)
    {
        var isQuantity = json.ValueTextEquals("quantity"u8);
        var isPrice = !isQuantity && json.ValueTextEquals("price"u8);
        var isCategory = !isQuantity && !isPrice && json.ValueTextEquals("category"u8);
        json.Read();
        var start = offset + (int)json.TokenStartIndex;
        var value = new Slot(start, 0, json.TokenType, json.ValueIsEscaped);
        json.Skip();
        value = value with { Length = offset + (int)json.BytesConsumed - start };
        if (value is { Type: JsonTokenType.String, Length: 2 }) value = default;
        if (isQuantity) product.Quantity = value;
        else if (isPrice) product.Price = value;
        else if (isCategory) product.Category = value;
    }

    private static int Quantity(ref CallFields fields, Slot slot)
    {
        if (fields.Whole(slot) is >= 0 and <= IngestLimits.QuantityMax and var quantity) return (int)quantity;
        fields.Note(slot, Reasons.NoWholeNumber.With(0, IngestLimits.QuantityMax));
        return 1;
    }

    private static bool TryReturned(ref CallFields fields, Product product, out long pieces)
    {
        pieces = 1;
        if (!product.Quantity.Present) return true;
        if (fields.Whole(product.Quantity) is >= 0 and <= IngestLimits.QuantityMax and var quantity)
        {
            pieces = quantity;
            return true;
        }

        fields.Fail(product.Quantity, Reasons.NoWholeNumber.With(0, IngestLimits.QuantityMax));
        return false;
    }

    /// <summary>The price of all pieces. The price of one may have more decimals than the currency when that of all has not.</summary>
    private static bool TryPrice(ref CallFields fields, Slot slot, long pieces, Currency currency, out long price)
    {
        price = 0;
        if (slot.Type is not (JsonTokenType.Number or JsonTokenType.String))
        {
            fields.Fail(slot, CallFields.WrongKind(slot, ReasonWords.Amount));
            return false;
        }

        var reason = Amount.Read(fields.Literal(slot), currency.MinorUnits, out var single);
        price = single * pieces;
        if (reason == Reasons.AmountTooPrecise && fields.Number(slot) is { } exact)
        {
            var all = (exact * pieces).ToString(CultureInfo.InvariantCulture);
            reason = Amount.Read(Encoding.UTF8.GetBytes(all), currency.MinorUnits, out price);
        }

        if (reason is not null) fields.Fail(slot, reason);
        return reason is null;
    }

    private struct Product
    {
        public Slot Quantity, Price, Category;
    }
}
