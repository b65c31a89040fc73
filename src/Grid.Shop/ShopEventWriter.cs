using System.Text.Json;
using Grid.Model.Time;

namespace Grid.Shop;

/// <summary>Writes the shop's events as calls of the Segment HTTP tracking spec.</summary>
internal static class ShopEventWriter
{
    /// <summary>The currency of the shop and of its grid; amounts are fen in memory and yuan on the wire.</summary>
    public const string Currency = "CNY";

    public static void Write(Utf8JsonWriter json, in ShopEvent shopEvent)
    {
        json.WriteStartObject();
        json.WriteString("type", shopEvent.Kind switch
        {
            ShopEventKind.Identified => "identify",
            ShopEventKind.GroupJoined => "group",
            ShopEventKind.PageViewed => "page",
            _ => "track",
        });
        json.WriteString("userId", shopEvent.UserId);
        json.WriteString("messageId", shopEvent.MessageId);
        json.WriteString("timestamp", shopEvent.OccurredAt.ToString());
        WriteBody(json, shopEvent);
        json.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter json, in ShopEvent shopEvent)
    {
        switch (shopEvent.Kind)
        {
            case ShopEventKind.Identified:
                WriteTraits(json, shopEvent.Customer);
                break;
            case ShopEventKind.GroupJoined:
                json.WriteString("groupId", ShopCatalogue.Groups[shopEvent.Customer.FavouriteCategory % ShopCatalogue.Groups.Length]);
                json.WriteStartObject("traits");
                json.WriteString("source", ShopCatalogue.Sources[shopEvent.Subject]);
                json.WriteEndObject();
                break;
            case ShopEventKind.PageViewed:
                json.WriteString("name", "Category");
                json.WriteStartObject("properties");
                WriteView(json, shopEvent);
                json.WriteEndObject();
                break;
            default:
                json.WriteString("event", NameOf(shopEvent));
                json.WriteStartObject("properties");
                WriteProperties(json, shopEvent);
                json.WriteEndObject();
                break;
        }
    }

    private static string NameOf(in ShopEvent shopEvent) => shopEvent.Kind switch
    {
        ShopEventKind.ProductViewed => "Product Viewed",
        ShopEventKind.Interacted => ShopCatalogue.Interactions[shopEvent.Subject],
        ShopEventKind.ProductIntroduced => "Product Introduced",
        ShopEventKind.QuoteSent => "Quote Sent",
        ShopEventKind.ReferralCompleted => "Referral Completed",
        ShopEventKind.OrderCompleted => "Order Completed",
        ShopEventKind.OrderRefunded => "Order Refunded",
        ShopEventKind.OrderCancelled => "Order Cancelled",
        ShopEventKind.TagAdded => "Tag Added",
        _ => throw new ArgumentOutOfRangeException(nameof(shopEvent), shopEvent.Kind, "is not a track call"),
    };

    private static void WriteProperties(Utf8JsonWriter json, in ShopEvent shopEvent)
    {
        switch (shopEvent.Kind)
        {
            case ShopEventKind.ProductViewed:
                json.WriteString("product_id", ShopCatalogue.Categories[shopEvent.Subject] + "-1");
                WriteView(json, shopEvent);
                break;
            case ShopEventKind.ProductIntroduced:
            case ShopEventKind.QuoteSent:
                json.WriteString("category", ShopCatalogue.Categories[shopEvent.Subject]);
                break;
            case ShopEventKind.OrderCompleted:
                WriteOrder(json, shopEvent);
                break;
            case ShopEventKind.OrderRefunded:
                json.WriteString("order_id", shopEvent.OrderId);
                if (shopEvent.Amount is { } refunded)
                {
                    json.WriteNumber("total", Yuan(refunded));
                    json.WriteString("currency", Currency);
                }

                break;
            case ShopEventKind.OrderCancelled:
                json.WriteString("order_id", shopEvent.OrderId);
                break;
            case ShopEventKind.TagAdded:
                json.WriteString("tag", ShopCatalogue.Tags[shopEvent.Subject]);
                if (shopEvent.Quantity > 0)
                    json.WriteString("expiresAt", shopEvent.OccurredAt.Plus(shopEvent.Quantity * MillisecondsPer.Day).ToString());
                break;
            default:
                break;
        }
    }

    private static void WriteView(Utf8JsonWriter json, in ShopEvent shopEvent)
    {
        json.WriteString("category", ShopCatalogue.Categories[shopEvent.Subject]);
        json.WriteNumber("dwell_seconds", shopEvent.Quantity);
    }

    private static void WriteOrder(Utf8JsonWriter json, in ShopEvent shopEvent)
    {
        var total = Yuan(shopEvent.Amount ?? 0);
        var category = ShopCatalogue.Categories[shopEvent.Subject];
        json.WriteString("order_id", shopEvent.OrderId);
        json.WriteNumber("total", total);
        json.WriteString("currency", Currency);
        json.WriteString("channel", ShopCatalogue.Channels[shopEvent.Customer.Channel]);
        json.WriteStartArray("products");
        json.WriteStartObject();
        json.WriteString("product_id", category + "-1");
        json.WriteString("category", category);
        json.WriteNumber("quantity", shopEvent.Quantity);
        json.WriteNumber("price", Math.Round(total / shopEvent.Quantity, 2));
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteTraits(Utf8JsonWriter json, ShopCustomer customer)
    {
        var city = ShopCatalogue.Cities[customer.City];
        json.WriteStartObject("traits");
        json.WriteNumber("age", customer.Age);
        json.WriteString("gender", customer.Woman ? "female" : "male");
        json.WriteString("city", city.Name);
        json.WriteNumber("cityTier", city.Tier);
        json.WriteString("channel", ShopCatalogue.Channels[customer.Channel]);
        json.WriteEndObject();
    }

    private static decimal Yuan(long fen) => fen / 100m;
}
