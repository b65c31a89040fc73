using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;

namespace Grid.Model.Answers;

/// <summary>A tag that holds.</summary>
public sealed record TagView(string Name, string At, string? ExpiresAt)
{
    internal static List<TagView> Of(Attributes attributes, Instant now)
    {
        var tags = new List<TagView>();
        foreach (ref readonly var tag in attributes.Tags)
            if (tag.HoldsAt(now))
                tags.Add(new TagView(tag.Name, tag.At.ToString(), AnswerText.Of(tag.ExpiresAt)));
        return tags;
    }
}

/// <summary>A tag that holds because its rule does.</summary>
public sealed record DerivedTagView(string Tag, Naming Name);

/// <param name="Value">A string, a decimal or a bool, as it was sent.</param>
public sealed record TraitView(string Name, object Value, string At)
{
    internal static List<TraitView> Of(Attributes attributes)
    {
        var traits = new List<TraitView>();
        foreach (ref readonly var trait in attributes.Traits) traits.Add(new TraitView(trait.Name, Read(trait.Value), trait.At.ToString()));
        return traits;
    }

    private static object Read(TraitValue value) => value.Kind switch
    {
        TraitKind.Truth => value.Text == "true",
        TraitKind.Number when value.AsNumber() is { } number => number,
        _ => value.Text,
    };
}
