using Grid.Model.Customers;
using Grid.Model.Metrics;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;

namespace Grid.Rulebooks.Explaining.Requirements;

/// <summary>A requirement to raise a sum by future facts: how many, and by when, before older facts leave the window.</summary>
internal static class CountRequirement
{
    /// <summary>Null for a metric that does not simply grow with each fact.</summary>
    public static Requirement? From(EvaluationContext context, Metric metric, long target)
    {
        var missing = target - context.Value(metric);
        if (missing <= 0) return null;
        return metric switch
        {
            OrderMetric { Sum: OrderSum.Orders } sum => Orders(context, sum, missing),
            OrderMetric { Sum: OrderSum.Repurchases } sum => Orders(context, sum, missing + FirstOrder(context, sum)),
            OrderMetric { Sum: OrderSum.Spend } sum => Spend(context, sum, missing),
            OrderMetric { Sum: OrderSum.Refunds } sum => Amount(context, sum, missing),
            InteractionMetric { Kinds: ["referral"] } own => Count(context, own, own.Window, missing, "推荐", "referral", null),
            InteractionMetric own => Count(context, own, own.Window, missing, "互动", "interaction", own.Kinds),
            CategoryOrders own => Bought(context, own, missing),
            BrowseMetric own => Count(context, own, own.Window, missing, "浏览", "view", own.Categories),
            DwellMetric own => Dwell(context, own, missing),
            PointsMetric { Lifetime: true } => Plain($"成长值再增 {missing}", $"{missing} more points earned", "growth", missing, Points(missing)),
            PointsMetric => Plain($"再得 {missing} 积分", $"{missing} more points", "points", missing, Points(missing)),
            _ => null,
        };
    }

    /// <summary>The first order does not count as a repurchase.</summary>
    private static long FirstOrder(EvaluationContext context, OrderMetric sum) =>
        context.Customer.Orders.Count(sum.Window, context.Now, sum.ExcludeRefunded) == 0 ? 1 : 0;

    private static Requirement Orders(EvaluationContext context, OrderMetric sum, long count)
    {
        var (within, before) = Within(context, sum, sum.Window, count);
        var text = new LocalizedText($"{within.Zh}再下 {count} 单", $"{count} more {(count == 1 ? "order" : "orders")}{within.En}");
        if (within.En.Length == 0 && count == 1) return RequirementText.OneOrder;
        var action = new RecommendedAction(ActionKind.Order) { Count = count, Before = before };
        return new Requirement(text) { Thing = $"orders of {sum.Window}", Strictness = count, Orders = count, Action = action };
    }

    private static Requirement Spend(EvaluationContext context, OrderMetric sum, long amount)
    {
        var (within, before) = Within(context, sum, sum.Window, long.MaxValue);
        var money = context.Currency.Format(amount);
        return new Requirement(new LocalizedText($"{within.Zh}再消费 {money}", $"spend {money} more{within.En}"))
        {
            Thing = $"spend of {sum.Window}",
            Strictness = amount,
            Orders = 1,
            Amount = amount,
            Action = new RecommendedAction(ActionKind.Order) { Count = 1, Amount = amount, Before = before },
        };
    }

    private static Requirement Amount(EvaluationContext context, OrderMetric sum, long amount)
    {
        var (within, before) = Within(context, sum, sum.Window, long.MaxValue);
        var money = context.Currency.Format(amount);
        var action = new RecommendedAction(ActionKind.Refund) { Amount = amount, Before = before };
        return Plain($"{within.Zh}再退款 {money}", $"refunds of {money} more{within.En}", sum.Text, amount, action);
    }

    private static Requirement Count(
        EvaluationContext context, Metric metric, Window window, long count, string zh, string en, IReadOnlyList<string>? names)
    {
        var (within, before) = Within(context, metric, window, count);
        var action = new RecommendedAction(metric is BrowseMetric ? ActionKind.View : ActionKind.Interaction)
        {
            Count = count,
            Names = en == "referral" ? [en] : names ?? [],
            Before = before,
        };
        var noun = count == 1 ? en : en + "s";
        return names is null
            ? Plain($"{within.Zh}再{zh} {count} 次", $"{count} more {noun}{within.En}", metric.Text, count, action)
            : Plain(
                $"{within.Zh}再{zh} {count} 次（{string.Join("、", names)}）",
                $"{count} more {noun} ({string.Join(", ", names)}){within.En}",
                metric.Text,
                count,
                action);
    }

    private static Requirement Bought(EvaluationContext context, CategoryOrders metric, long count)
    {
        var (within, before) = Within(context, metric, metric.Window, count);
        return Plain(
            $"{within.Zh}再下 {count} 单（{string.Join("、", metric.Categories)}）",
            $"{count} more {(count == 1 ? "order" : "orders")} of {string.Join(" or ", metric.Categories)}{within.En}",
            metric.Text,
            count,
            new RecommendedAction(ActionKind.Order) { Count = count, Names = metric.Categories, Before = before }) with
        {
            TakesOrders = true,
        };
    }

    private static Requirement Dwell(EvaluationContext context, DwellMetric metric, long milliseconds)
    {
        var (within, before) = Within(context, metric, metric.Window, long.MaxValue);
        var seconds = (milliseconds + MillisecondsPer.Second - 1) / MillisecondsPer.Second;
        var action = new RecommendedAction(ActionKind.View) { Count = 1, Seconds = seconds, Names = metric.Categories ?? [], Before = before };
        var (zh, en) = metric.Categories is { } names ? ($"（{string.Join("、", names)}）", $" {string.Join(" or ", names)}") : ("", "");
        return Plain(
            $"{within.Zh}再浏览 {RequirementText.LengthZh(milliseconds)}{zh}",
            $"{RequirementText.Length(milliseconds)} more of browsing{en}{within.En}",
            metric.Text,
            milliseconds,
            action);
    }

    /// <summary>
    /// The instant by which the required facts must come, because present ones then leave the window. When the window has none, the required facts
    /// must come within one window length; a single fact always does.
    /// </summary>
    private static (LocalizedText Text, Instant Before) Within(EvaluationContext context, Metric metric, Window window, long count)
    {
        if (window.IsAll) return (new LocalizedText(string.Empty, string.Empty), Instant.Never);
        var falls = context.Value(metric) > 0 ? context.FallsAt(metric) : Instant.Never;
        if (!falls.IsNever)
        {
            var length = falls.Milliseconds - context.Now.Milliseconds;
            return (new LocalizedText($"{RequirementText.LengthZh(length)}内", $" within {RequirementText.Length(length)}"), falls);
        }

        if (count == 1) return (new LocalizedText(string.Empty, string.Empty), Instant.Never);
        var span = WindowSyntax.Milliseconds(window.Text.Split(' ')[0]) is { } written ? RequirementText.LengthZh(written) : window.Text;
        return (new LocalizedText($"{span}内", $" within {window.Text}"), Instant.Never);
    }

    private static RecommendedAction Points(long points) => new(ActionKind.Points) { Count = points };

    private static Requirement Plain(string zh, string en, string thing, long strictness, RecommendedAction action) =>
        new(new LocalizedText(zh, en)) { Thing = $"more {thing}", Strictness = strictness, Action = action };
}
