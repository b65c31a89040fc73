using Grid.Model.Customers;

namespace Grid.Rulebooks.Explaining;

/// <summary>Interactions of one kind within one hour.</summary>
/// <param name="Quarters">The count in each quarter of the hour.</param>
public sealed record InteractionView(string Kind, string Hour, int Count, IReadOnlyList<int> Quarters)
{
    internal static List<InteractionView> From(HourBuckets hours)
    {
        var views = new List<InteractionView>();
        var buckets = hours.Buckets;
        for (var index = buckets.Length - 1; index >= 0 && views.Count < AnswerLimits.HoursMax; index--)
            views.Add(new InteractionView(buckets[index].Name, buckets[index].At.ToString(), buckets[index].Count, QuartersOf(buckets[index])));
        return views;
    }

    internal static int[] QuartersOf(HourBucket bucket) => [bucket.CountOf(0), bucket.CountOf(1), bucket.CountOf(2), bucket.CountOf(3)];
}

/// <summary>Views of one category within one hour; the category is empty for views of none.</summary>
/// <param name="Quarters">The count in each quarter of the hour.</param>
public sealed record BrowseView(string Category, string Hour, int Count, int DwellSeconds, IReadOnlyList<int> Quarters)
{
    internal static List<BrowseView> From(HourBuckets hours)
    {
        var views = new List<BrowseView>();
        var buckets = hours.Buckets;
        for (var index = buckets.Length - 1; index >= 0 && views.Count < AnswerLimits.HoursMax; index--)
        {
            ref readonly var bucket = ref buckets[index];
            views.Add(new BrowseView(bucket.Name, bucket.At.ToString(), bucket.Count, bucket.DwellSeconds, InteractionView.QuartersOf(bucket)));
        }

        return views;
    }
}
