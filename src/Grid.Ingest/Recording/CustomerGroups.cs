using Grid.Ingest.Calls;
using Grid.Model.Facts;

namespace Grid.Ingest.Recording;

/// <summary>The facts of one customer in the order of sending.</summary>
/// <param name="Items">The item of each fact; its complement for the traits that an item brings along.</param>
internal readonly record struct CustomerGroup(string Customer, Fact[] Facts, int[] Items)
{
    /// <summary>Groups the items that have a fact by their customers.</summary>
    public static CustomerGroup[] From(ReadOnlySpan<CallItem> items)
    {
        if (items.Length == 1 && items[0].Traits is null)
            return items[0].Fact is { } fact ? [new CustomerGroup(items[0].Customer!, [fact], [0])] : [];

        var numbers = new Dictionary<string, int>(items.Length, StringComparer.Ordinal);
        var groupOf = items.Length <= 512 ? stackalloc int[items.Length] : new int[items.Length];
        var sizes = new int[items.Length];
        for (var index = 0; index < items.Length; index++)
        {
            groupOf[index] = -1;
            if (items[index].Fact is null) continue;
            var customer = items[index].Customer!;
            if (!numbers.TryGetValue(customer, out var number)) numbers.Add(customer, number = numbers.Count);
            groupOf[index] = number;
            sizes[number] += items[index].Traits is null ? 1 : 2;
        }

        var groups = new CustomerGroup[numbers.Count];
        for (var index = items.Length - 1; index >= 0; index--)
        {
            var number = groupOf[index];
            if (number < 0) continue;
            ref var group = ref groups[number];
            if (group.Facts is null) group = new CustomerGroup(items[index].Customer!, new Fact[sizes[number]], new int[sizes[number]]);
            if (items[index].Traits is { } traits)
            {
                var beside = --sizes[number];
                group.Facts[beside] = traits;
                group.Items[beside] = ~index;
            }

            var place = --sizes[number];
            group.Facts[place] = items[index].Fact!;
            group.Items[place] = index;
        }

        return groups;
    }
}
