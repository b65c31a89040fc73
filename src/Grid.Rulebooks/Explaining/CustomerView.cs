using Grid.Model;
using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Schemes;
using Grid.Model.Time;

namespace Grid.Rulebooks.Explaining;

/// <summary>
/// Everything that Grid knows of a customer. Instants are ISO 8601 with milliseconds, amounts minor units; lists are newest first and cut at the
/// <see cref="AnswerLimits"/>.
/// </summary>
/// <param name="DetailSince">The instant from which facts are kept one by one; null while all are.</param>
/// <param name="QuartersSince">
/// The instant from which each interaction and view is known by its quarter of an hour; one before it counts as of the first quarter of its hour. Null
/// while all are known.
/// </param>
/// <param name="NextDeadline">
/// The next instant at which time alone changes something: a layer, a value that the baseline ranks, a tag or a plan that ends.
/// </param>
public sealed record CustomerView(
    string Id,
    long Version,
    string AsOf,
    string? JoinedAt,
    string? DetailSince,
    string? QuartersSince,
    string? NextDeadline,
    IReadOnlyList<TagView> Tags,
    IReadOnlyList<DerivedTagView> DerivedTags,
    IReadOnlyList<TraitView> Traits,
    IReadOnlyList<PlanView> Plans,
    IReadOnlyList<CommunityView> Communities,
    IReadOnlyList<ConsentView> Consents,
    TotalsView Totals,
    IReadOnlyList<OrderView> Orders,
    IReadOnlyList<RefundView> Refunds,
    IReadOnlyList<InteractionView> Interactions,
    IReadOnlyList<BrowseView> Browses,
    IReadOnlyList<MetricView> Metrics,
    IReadOnlyList<LayerView> Layers)
{
    /// <param name="id">The customer.</param>
    /// <param name="customer">The state, brought up to date; not changed.</param>
    /// <param name="now">The instant of the query.</param>
    /// <param name="rules">The rules in force.</param>
    /// <param name="currency">The currency of amounts.</param>
    public static CustomerView From(CustomerId id, Customer customer, Instant now, Rules rules, Currency currency)
    {
        var nextAt = rules.Rulebook.Schemes.Select((scheme, index) => NextAt(scheme, index, customer, now, rules.Baseline)).ToArray();
        var deadline = nextAt.Append(customer.MeasuresNextAt).Append(customer.Attributes.NextEnd(now)).Aggregate(Instant.Min);
        return new CustomerView(
            id.Value,
            customer.Version,
            now.ToString(),
            AnswerText.Format(customer.JoinedAt),
            AnswerText.Format(DetailBegins(customer)),
            AnswerText.Format(QuartersBegin(customer)),
            AnswerText.Format(deadline),
            TagView.From(customer.Attributes, now),
            [.. rules.Rulebook.Tags.Held(customer, now, rules.Baseline).Select(held => new DerivedTagView(held.Tag, held.Rule.Name))],
            TraitView.From(customer.Attributes),
            PlanView.From(customer.Attributes, now),
            CommunityView.From(customer.Attributes),
            ConsentView.From(customer.Attributes),
            TotalsView.From(customer, rules.Rulebook.Points, now),
            OrderView.From(customer.Orders),
            RefundView.From(customer.Orders),
            InteractionView.From(customer.Interactions),
            BrowseView.From(customer.Browses),
            MetricView.From(new EvaluationContext(customer, now, rules.Baseline, currency), rules.Rulebook),
            LayerView.Create(customer, rules.Rulebook, nextAt, now, rules.Baseline));
    }

    /// <summary>While a downgrade is pending, the stored deadline is the instant at which it takes effect.</summary>
    private static Instant NextAt(Scheme scheme, int index, Customer customer, Instant now, Baseline baseline) =>
        index < customer.Layers.Length && customer.Layers[index].IsPending
            ? customer.Layers[index].NextAt
            : scheme.NextChange(customer, now, baseline);

    /// <summary>The latest of the three instants, from which the detail of all kinds of facts is complete.</summary>
    private static Instant DetailBegins(Customer customer)
    {
        var begins = Instant.Beginning;
        foreach (var since in new[] { customer.Orders.DetailSince, customer.Interactions.DetailSince, customer.Browses.DetailSince })
            if (since is not null)
                begins = Instant.Max(begins, since.Value);
        return begins == Instant.Beginning ? Instant.Never : begins;
    }

    private static Instant QuartersBegin(Customer customer)
    {
        if (customer.Interactions.QuartersSince is not { } interactions) return customer.Browses.QuartersSince ?? Instant.Never;
        return Instant.Max(interactions, customer.Browses.QuartersSince ?? interactions);
    }
}

/// <param name="Points">The balance; all points ever earned are the metric <c>growth</c>.</param>
public sealed record TotalsView(long Orders, long Spend, long Refunds, long Points)
{
    internal static TotalsView From(Customer customer, PointRules points, Instant now)
    {
        var refunds = customer.Orders.Refunded(Window.All, now);
        return new TotalsView(
            customer.Orders.Count(Window.All, now), customer.Orders.Gross(Window.All, now) - refunds, refunds, points.Balance(customer, now));
    }
}
