using Grid.Model.Customers;

namespace Grid.Rulebooks.Explaining;

/// <summary>Interactions of one kind within one hour.</summary>
public sealed record InteractionView(string Kind, string Hour, int Count)
{
    internal static List<InteractionView> From(HourBuckets hours)
    {
        var views = new List<InteractionView>();
        var buckets = hours.Buckets;
        for (var index = buckets.Length - 1; index >= 0 && views.Count < AnswerLimits.HoursMax; index--)
            views.Add(new InteractionView(buckets[index].Name, buckets[index].At.ToString(), buckets[index].Count));
        return views;
    }
}

/// <summary>Views of one category within one hour; the category is empty for views of none.</summary>
public sealed record BrowseView(string Category, string Hour, int Count, int DwellSeconds)
{
    internal static List<BrowseView> From(HourBuckets hours)
    {
        var views = new List<BrowseView>();
        var buckets = hours.Buckets;
        for (var index = buckets.Length - 1; index >= 0 && views.Count < AnswerLimits.HoursMax; index--)
        {
            ref readonly var bucket = ref buckets[index];
            views.Add(new BrowseView(bucket.Name, bucket.At.ToString(), bucket.Count, bucket.DwellSeconds));
        }

        return views;
    }
}
