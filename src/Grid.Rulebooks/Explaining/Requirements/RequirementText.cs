using Grid.Model;
using Grid.Model.Facts;
using Grid.Model.Metrics;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;

namespace Grid.Rulebooks.Explaining.Requirements;

/// <summary>The sentences of requirements, in Chinese and English.</summary>
internal static class RequirementText
{
    public static readonly Requirement OneOrder = new(new LocalizedText("再下 1 单", "1 more order"))
    {
        Thing = "an order",
        Orders = 1,
        Action = new RecommendedAction(ActionKind.Order) { Count = 1 },
    };

    public static readonly Requirement AnyActivity = new(new LocalizedText("有任意互动或浏览", "any interaction or view"))
    {
        Action = new RecommendedAction(ActionKind.Activity),
    };

    /// <summary>A wait during which no fact arrives that the metric reads.</summary>
    public static Requirement Wait(FactKinds reads, Instant now, Instant until)
    {
        var (zh, en) = reads switch
        {
            FactKinds.Orders => ("没有订单", "no order"),
            FactKinds.Interactions => ("没有互动", "no interaction"),
            FactKinds.Browses => ("没有浏览", "no view"),
            FactKinds.Interactions | FactKinds.Browses => ("没有互动和浏览", "no activity"),
            _ => (string.Empty, string.Empty),
        };
        return Wait(zh, en, now, until);
    }

    /// <summary>A wait until earlier refunds have left the window, without new refunds.</summary>
    public static Requirement WaitForRefunds(Instant now, Instant until) => Wait("没有退款", "no refund", now, until);

    private static Requirement Wait(string zh, string en, Instant now, Instant until)
    {
        var length = until.Milliseconds - now.Milliseconds;
        var text = en.Length == 0
            ? new LocalizedText($"再过 {LengthZh(length)}（至 {until}）", $"{Length(length)} more, until {until}")
            : new LocalizedText($"再有 {LengthZh(length)}{zh}（至 {until}）", $"{en} for {Length(length)} more, until {until}");
        return new Requirement(text)
        {
            Thing = $"wait {en}",
            Strictness = until.Milliseconds,
            At = until,
            Action = new RecommendedAction(ActionKind.Wait) { At = until },
        };
    }

    /// <summary>The fallback when no plainer sentence fits: the value and its bound.</summary>
    public static Requirement MustBe(EvaluationContext context, Metric metric, Operator @operator, long target)
    {
        var must = MustCompare(metric, @operator, target, context.Currency);
        return new Requirement(new LocalizedText($"{must.Zh}，现为 {context.TextZh(metric)}", $"{must.En}; it is {context.Text(metric)}"));
    }

    public static LocalizedText MustCompare(Metric metric, Operator @operator, long target, Currency currency)
    {
        var (zh, en) = @operator switch
        {
            Operator.Less => ("小于", "be less than"),
            Operator.AtMost => ("不超过", "be at most"),
            Operator.Greater => ("大于", "be more than"),
            Operator.AtLeast => ("不少于", "be at least"),
            Operator.NotEqual => ("不是", "not be"),
            _ => ("是", "be"),
        };
        return new LocalizedText(
            $"{ChineseText.Format(metric)}须{zh} {ChineseText.Format(metric.Kind, target, currency)}",
            $"{metric.Text} must {en} {AnswerText.Format(metric.Kind, target, currency)}");
    }

    /// <summary>A sum must fall, but no window takes facts out of it.</summary>
    public static Requirement MustFall(EvaluationContext context, Metric metric, long target)
    {
        var zh = (Actual: context.TextZh(metric), Bound: ChineseText.Format(metric.Kind, target, context.Currency));
        var en = (Actual: context.Text(metric), Bound: AnswerText.Format(metric.Kind, target, context.Currency));
        return new Requirement(new LocalizedText(
            $"{ChineseText.Format(metric)}须从 {zh.Actual} 降到 {zh.Bound}，仅靠时间不会发生",
            $"{metric.Text} must fall from {en.Actual} to {en.Bound}, which time alone does not do"))
        {
            Thing = $"fall of {metric.Text}",
            Strictness = -target,
        };
    }

    /// <param name="isHeld">Whether the downgrade policy then still keeps the customer in its layer for a while.</param>
    public static Requirement ComesByItself(Instant now, Instant at, bool isHeld)
    {
        var length = at.Milliseconds - now.Milliseconds;
        if (isHeld)
            return Remark(
                ActionKind.ComesByItself,
                $"若无其他事件，{LengthZh(length)}后（{at}）规则会要求如此",
                $"by time alone the rules ask for it in {Length(length)}, at {at}, if nothing else happens",
                at);
        return Remark(
            ActionKind.ComesByItself,
            $"若无其他事件，{LengthZh(length)}后（{at}）自动进入",
            $"comes by time alone in {Length(length)}, at {at}, if nothing else happens",
            at);
    }

    /// <summary>The required actions have a side effect that leads to another layer.</summary>
    public static Requirement LeadsTo(LayerDefinition layer) =>
        new(new LocalizedText($"但这样会进入「{layer.Name.Zh}」", $"but that leads to {layer.Name.En} instead"))
        {
            IsRemark = true,
            Action = new RecommendedAction(ActionKind.LeadsElsewhere) { Of = layer.Id },
        };

    public static readonly Requirement Unreachable = Remark(ActionKind.Unreachable, "目前情况下无法到达", "not reachable as things stand");

    public static readonly Requirement NoRule = Remark(ActionKind.NoRule, "没有规则通向此层级", "no rule leads to this layer");

    /// <summary>The requirements forbid orders for a while and also need one.</summary>
    public static readonly Requirement WaitFirst = Remark(ActionKind.WaitFirst, "须先等待，之后再下单", "the waiting first, the order after it");

    public static readonly Requirement WaitBeforeAll = Remark(ActionKind.WaitFirst, "须先等待，其余在后", "the waiting first, the rest after it");

    /// <summary>A condition that holds now ends at that instant.</summary>
    public static Requirement DoneBefore(Instant now, Instant at)
    {
        var length = at.Milliseconds - now.Milliseconds;
        return Remark(ActionKind.DoneBefore, $"须在 {LengthZh(length)}内（{at} 前）完成", $"all of it within {Length(length)}, before {at}", at);
    }

    /// <summary>Each of several ways was simulated and leads to another layer.</summary>
    public static Requirement NoneOf(IReadOnlyList<IReadOnlyList<Requirement>> ways)
    {
        var text = OneOf(ways).Text;
        return new Requirement(new LocalizedText($"仅靠其中之一无法到达：{text.Zh}", $"not reachable by one of these alone: {text.En}"))
        {
            Action = new RecommendedAction(ActionKind.NotAlone),
            Ways = ways,
        };
    }

    /// <summary>A downgrade that the rules give already.</summary>
    public static Requirement Held(bool byGrace, Instant until)
    {
        var (zh, en) = byGrace ? ("宽限期", "grace") : ("最短停留期", "the minimum stay");
        return Remark(
            ActionKind.Held,
            $"因{zh}保留至 {until}；届时规则仍要求才生效",
            $"held by {en} until {until}; takes effect then if the rules still ask for it",
            until);
    }

    /// <summary>A downgrade that the rules do not give yet.</summary>
    public static Requirement HeldFirst(DowngradePolicy hold, Instant since)
    {
        var (zh, en) = (string.Empty, string.Empty);
        if (hold.Grace > 0)
            (zh, en) = ($"规则须连续要求 {LengthZh(hold.Grace)}", $"once the rules have asked for it for {Length(hold.Grace)} without a break");
        if (hold.MinimumStay > 0)
        {
            var until = since.Plus(hold.MinimumStay);
            (zh, en) = (zh.Length == 0 ? $"不早于 {until}" : $"{zh}，且不早于 {until}", en.Length == 0 ? $"not before {until}" : $"{en}, and not before {until}");
        }

        return Remark(ActionKind.TakesEffect, $"降级生效：{zh}", $"the downgrade takes effect {en}");
    }

    /// <summary>The ways to end a pending downgrade.</summary>
    public static Requirement Cancelled(IReadOnlyList<LocalizedText> by)
    {
        var (zh, en) = (string.Join(" 且 ", by.Select(text => text.Zh)), string.Join(" and ", by.Select(text => text.En)));
        return Remark(ActionKind.Cancelled, $"可取消此降级：{zh}", $"cancelled by: {en}");
    }

    /// <summary>A choice of several ways, each of which may need several actions.</summary>
    public static Requirement OneOf(IReadOnlyList<IReadOnlyList<Requirement>> ways)
    {
        var named = ways.Take(AnswerLimits.AlternativesMax).ToList();
        var left = ways.Count - named.Count;
        var zh = string.Join("，或 ", named.Select(way => string.Join(" 且 ", way.Select(requirement => requirement.Text.Zh))));
        var en = string.Join(", or ", named.Select(way => string.Join(" and ", way.Select(requirement => requirement.Text.En))));
        var text = left == 0 ? new LocalizedText(zh, en) : new LocalizedText($"{zh}，或另外 {left} 种之一", $"{en}, or one of {left} other ways");
        return new Requirement(text)
        {
            Ways = ways,
            Action = new RecommendedAction(ActionKind.Choice),
            At = ways.Select(way => way.Select(requirement => requirement.At).Aggregate(Instant.Max)).Aggregate(Instant.Min),
        };
    }

    private static Requirement Remark(ActionKind kind, string zh, string en, Instant? at = null) =>
        new(new LocalizedText(zh, en)) { IsRemark = true, Action = new RecommendedAction(kind) { At = at ?? Instant.Never } };

    /// <summary>For example <c>12d 4h</c>; below a second in milliseconds, so that it is never shown as zero.</summary>
    public static string Length(long milliseconds) =>
        milliseconds < MillisecondsPer.Second ? $"{milliseconds}ms" : WindowSyntax.Format(milliseconds);

    public static string OrdersEn(long orders, long amount, Currency currency) =>
        $"{orders} more {(orders == 1 ? "order" : "orders")}{(amount == 0 ? "" : $" of {(orders == 1 ? "" : "together ")}at least {currency.Format(amount)}")}";

    public static string OrdersZh(long orders, long amount, Currency currency) =>
        $"再下 {orders} 单{(amount == 0 ? "" : $"，合计不少于 {currency.Format(amount)}")}";

    public static string LengthZh(long milliseconds) => Length(milliseconds)
        .Replace("ms", " 毫秒", StringComparison.Ordinal)
        .Replace("d", " 天", StringComparison.Ordinal)
        .Replace("h", " 小时", StringComparison.Ordinal)
        .Replace("m", " 分", StringComparison.Ordinal)
        .Replace("s", " 秒", StringComparison.Ordinal);
}
