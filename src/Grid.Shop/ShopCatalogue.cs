namespace Grid.Shop;

internal readonly record struct ShopCity(string Name, int Tier);

/// <summary>The names in the shop's events. A seed depends on the order of each list: append only.</summary>
internal static class ShopCatalogue
{
    public static readonly string[] Categories = ["tea", "coffee", "skincare", "snacks", "home", "outdoor", "baby", "pet"];

    public static readonly string[] Channels = ["mini-program", "app", "store", "live-stream"];

    public static readonly ShopCity[] Cities =
    [
        new("Shanghai", 1), new("Beijing", 1), new("Guangzhou", 1), new("Shenzhen", 1),
        new("Hangzhou", 2), new("Chengdu", 2), new("Wuhan", 2), new("Xi'an", 2),
        new("Foshan", 3), new("Xiamen", 3), new("Weifang", 4), new("Zhuhai", 4), new("Lijiang", 5), new("Dali", 5),
    ];

    public static readonly string[] Sources = ["store-qr", "live-stream", "referral", "package-card", "article"];

    public static readonly string[] Groups = ["welcome", "tea-lovers", "parents", "city-walk"];

    public static readonly string[] Tags = ["price-sensitive", "gift-buyer", "asked-for-sample", "birthday-month"];

    /// <summary>Interactions by their name on the wire; <see cref="InteractionWeights"/> has the frequency of each.</summary>
    public static readonly string[] Interactions =
    [
        "Content Liked", "Moments Liked", "Comment Added", "Check-in", "Content Shared",
        "Chat Started", "Activity Joined", "Post Published", "Survey Answered",
    ];

    public static readonly double[] InteractionWeights = [28, 22, 14, 14, 7, 6, 4, 3, 2];
}
