using System.Globalization;
using Grid.Model.Facts;
using Grid.Model.Schemes.Definitions;
using Grid.Tests.Model.Reference;
using NodaTime;

namespace Grid.Tests.Model.Histories;

/// <summary>
/// The instants at which time alone could change anything: every length and number of days in any scheme, counted from every fact, and a millisecond
/// before and after; and some random ones, for cases that this list misses.
/// </summary>
internal sealed class Moments
{
    private const int RandomCount = 20;
    private const long DayLength = 86_400_000;

    private readonly List<long> _lengths;
    private readonly List<(string Zone, long Days)> _days;
    private readonly List<(string Zone, int Years)> _ages;

    /// <param name="days">False: only schemes with a calendar count days.</param>
    public Moments(IReadOnlyList<SchemeDefinition> definitions, bool days = true)
    {
        var named = definitions.SelectMany(scheme => LengthsOf(scheme).Select(length => (scheme.Calendar, length))).Distinct().ToList();
        _lengths = [.. named.Select(pair => pair.length).Append(0).Distinct()];
        _days = [.. named.Where(pair => pair.length % DayLength == 0 && (days || pair.Calendar is not null))
            .Select(pair => (Zone: pair.Calendar ?? "UTC", Days: pair.length / DayLength))
            .SelectMany(day => new[] { day, day with { Days = day.Days + 1 } })
            .Distinct()];
        _ages = [.. definitions.SelectMany(scheme => LeavesOf(scheme).Where(leaf => leaf.Metric == "age")
                .Select(leaf => (Zone: scheme.Calendar ?? "UTC", Years: int.Parse(leaf.Values[0], CultureInfo.InvariantCulture))))
            .SelectMany(age => new[] { age with { Years = 0 }, age, age with { Years = age.Years + 1 } })
            .Distinct()];
    }

    /// <summary>In order, all after <paramref name="now"/>.</summary>
    public List<long> After(long now, IReadOnlyList<Fact> facts, Random random)
    {
        var moments = Exactly(facts).SelectMany(moment => new[] { moment - 1, moment, moment + 1 }).ToList();
        var last = Math.Max(now + 1, moments.Max());
        return [.. moments.Concat(Enumerable.Range(0, RandomCount).Select(_ => random.NextInt64(now, last)))
            .Where(moment => moment > now).Distinct().Order()];
    }

    /// <summary>In order, without the milliseconds before and after.</summary>
    public List<long> Exactly(IReadOnlyList<Fact> facts)
    {
        var anchors = facts.Select(fact => fact.At.Milliseconds).Concat(facts.Select(ReferenceMetrics.QuarterOf)).Distinct().ToList();
        return [.. anchors.SelectMany(anchor => _lengths.Select(length => anchor + length))
            .Concat(anchors.SelectMany(StartsOfDays))
            .Concat(Anniversaries(new ReferenceCustomer(facts)))
            .Concat(facts.OfType<TagChanged>().Where(tag => !tag.ExpiresAt.IsNever).Select(tag => tag.ExpiresAt.Milliseconds))
            .Concat(facts.OfType<PlanPurchased>().Select(plan => plan.Until.Milliseconds))
            .Distinct().Order()];
    }

    private IEnumerable<long> StartsOfDays(long anchor) =>
        _days.Select(day => ReferenceWindow.StartOf(ReferenceWindow.DayOf(anchor, day.Zone) + day.Days, day.Zone));

    private IEnumerable<long> Anniversaries(ReferenceCustomer customer) =>
        from age in _ages
        let birthday = customer.BirthdayIn(age.Zone)
        where birthday is not null
        select ReferenceWindow.StartOf(Anniversary(birthday.Value, age.Years), age.Zone);

    private static LocalDate Anniversary(LocalDate birthday, int years)
    {
        var same = birthday.PlusYears(years);
        return same.Day == birthday.Day ? same : same.PlusDays(1);
    }

    public static IEnumerable<ComparisonDefinition> LeavesOf(SchemeDefinition scheme) =>
        scheme.Rules.SelectMany(rule => rule.When is null ? [] : Leaves(rule.When));

    private static IEnumerable<long> LengthsOf(SchemeDefinition scheme)
    {
        var texts = LeavesOf(scheme).SelectMany(leaf => leaf.Arguments.Concat(leaf.Values));
        if (scheme.Rfm is { } rfm)
        {
            DimensionDefinition[] dimensions = [rfm.Recency, rfm.Frequency, rfm.Monetary];
            texts = texts.Append(rfm.Window)
                .Concat(dimensions.SelectMany(dimension => (dimension.Bands ?? []).Append(dimension.Window ?? rfm.Window)));
        }

        return texts.Where(text => text != "all").Select(ReferenceWindow.Length).OfType<long>();
    }

    private static IEnumerable<ComparisonDefinition> Leaves(ConditionDefinition condition) => condition switch
    {
        AllDefinition all => all.Conditions.SelectMany(Leaves),
        AnyDefinition any => any.Conditions.SelectMany(Leaves),
        NotDefinition not => Leaves(not.Condition),
        _ => [(ComparisonDefinition)condition],
    };
}
