using System.Text.Json.Serialization;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;

namespace Grid.Rulebooks.Explaining;

/// <summary>A tag that holds.</summary>
public sealed record TagView(string Name, string At, string? ExpiresAt)
{
    internal static List<TagView> From(Attributes attributes, Instant now)
    {
        var tags = new List<TagView>();
        foreach (ref readonly var tag in attributes.Tags)
            if (tag.HoldsAt(now))
                tags.Add(new TagView(tag.Name, tag.At.ToString(), AnswerText.Format(tag.ExpiresAt)));
        return tags;
    }
}

/// <summary>A derived tag, which holds because its rule does.</summary>
public sealed record DerivedTagView(string Tag, LocalizedText Name);

/// <summary>A paid plan; it runs while now is before <paramref name="Until"/>.</summary>
public sealed record PlanView(string Plan, string At, string Until, bool IsActive)
{
    internal static List<PlanView> From(Attributes attributes, Instant now)
    {
        var plans = new List<PlanView>();
        foreach (ref readonly var plan in attributes.Plans)
            plans.Add(new PlanView(plan.Plan, plan.At.ToString(), plan.Until.ToString(), plan.At <= now && now < plan.Until));
        plans.Reverse();
        return plans;
    }
}

/// <param name="Source">The community's acquisition source; null when unknown.</param>
public sealed record CommunityView(string Community, string? Source, string At)
{
    internal static List<CommunityView> From(Attributes attributes)
    {
        var communities = new List<CommunityView>();
        foreach (ref readonly var entry in attributes.Communities)
            communities.Add(new CommunityView(entry.Community, entry.Source, entry.At.ToString()));
        return communities;
    }
}

/// <param name="At">When it was last given or withdrawn.</param>
public sealed record ConsentView(string Purpose, bool Granted, string At)
{
    internal static List<ConsentView> From(Attributes attributes)
    {
        var consents = new List<ConsentView>();
        foreach (ref readonly var consent in attributes.Consents)
            consents.Add(new ConsentView(consent.Purpose, consent.Granted, consent.At.ToString()));
        return consents;
    }
}

/// <param name="Value">A string, a decimal or a bool, as it was sent.</param>
public sealed record TraitView(string Name, [property: JsonConverter(typeof(TraitJson))] object Value, string At)
{
    internal static List<TraitView> From(Attributes attributes)
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
