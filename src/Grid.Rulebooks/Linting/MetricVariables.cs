using Grid.Model;
using Grid.Model.Metrics;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Definitions;

namespace Grid.Rulebooks.Linting;

/// <summary>Maps each metric of a scheme to a variable and its possible values.</summary>
internal sealed class MetricVariables
{
    private readonly ConstraintModel _model;
    private readonly RfmMeasures? _rfm;
    private readonly MetricWords _words;
    private readonly OrderVariables _orders;
    private readonly ActivityVariables _activity;
    private readonly ScoreVariables _scores;

    public MetricVariables(ConstraintModel model, Scheme scheme, Currency currency)
    {
        _model = model;
        _rfm = scheme.Rfm;
        _words = new MetricWords(currency);
        _orders = new OrderVariables(model, scheme.Definition.Calendar is not null);
        _activity = new ActivityVariables(model, scheme.Definition.Calendar is not null);
        _scores = new ScoreVariables(model, _orders, Read);
    }

    /// <summary>Call when every metric of the scheme has been read.</summary>
    public void StateLaws()
    {
        _orders.StateLaws();
        _activity.StateLaws();
    }

    public Reading Read(Metric metric) => metric switch
    {
        OrderMetric { Sum: OrderSum.Repurchases } orders => Seen(metric, _orders.Count(orders.Window, orders.ExcludeRefunded), View.OneLess),
        ScoredMetric when _rfm is not null => Seen(metric, _orders.Count(_rfm.Window), View.AtLeastOne),
        TopMetric top => new Reading("", _scores.Top(top), View.Itself, inside => SayTop(top, inside)),
        _ => Seen(metric, Unknown(metric), View.Itself),
    };

    private Variable Unknown(Metric metric) => metric switch
    {
        OrderMetric { Sum: OrderSum.Orders } orders => _orders.Count(orders.Window, orders.ExcludeRefunded),
        OrderMetric { Sum: OrderSum.Refunds } orders => _orders.Refunds(orders.Window),
        OrderMetric orders => _orders.Sum(orders),
        AgeMetric { Anchor: Anchor.LastOrder or Anchor.FirstOrder } age => _orders.Age(age.Anchor, age.Kind),
        AgeMetric { Anchor: Anchor.LastActivity } age => _activity.LastActivity(age.Kind),
        AgeMetric age => _model.Of($"age {age.Anchor}", Linting.Variable.Ages, age.Kind),
        MedianOrderInterval => _orders.MedianInterval(),
        InteractionMetric interactions => _activity.Of(interactions),
        BrowseMetric browses => _activity.Of(browses),
        DwellMetric dwell => _activity.Of(dwell),
        PointsMetric points => Points(points),
        ConsentMetric consent => _model.Of($"consent {consent.Purpose}", Linting.Variable.Truths, ValueKind.Truth),
        CommunityMetric => _model.Of("community", Linting.Variable.Truths, ValueKind.Truth),
        ScoreMetric { Reading: ScoreReading.Score } score when _rfm is not null => _scores.Score(score.Measure, _rfm),
        ScoreMetric { Reading: ScoreReading.High } score when _rfm is not null => _scores.High(score.Measure, _rfm),
        ScoreSumMetric when _rfm is not null => _scores.Sum(_rfm),
        CategoryOrders orders => _orders.OfCategories(orders),
        YearsOfAge => _model.Of("years of age", Linting.Variable.Counts.Union(IntervalSet.Only(Metric.Absent)), ValueKind.Count),
        _ => _model.Of($"metric {metric.Text}", IntervalSet.Every, metric.Kind),
    };

    /// <summary>The balance is earned points less redeemed ones, and never below zero.</summary>
    private Variable Points(PointsMetric metric)
    {
        var growth = _model.Of("growth", Linting.Variable.Counts, ValueKind.Count);
        if (metric.Lifetime) return growth;
        var points = _model.Of("points", Linting.Variable.Counts, ValueKind.Count);
        _model.State(Relation.Ordered(points, growth));
        return points;
    }

    private Reading Seen(Metric metric, Variable variable, View view) => new(metric.Text, variable, view, value => _words.Say(metric, value));

    private static LocalizedText SayTop(TopMetric top, long inside)
    {
        var share = $"{top.Text} {(inside == 1 ? "<=" : ">")} {top.PerMille / 10m:0.#}%";
        return new LocalizedText($"排名 {share}", share);
    }
}
