using Grid.Model;
using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Metrics;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Conditions;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;
using Grid.Rulebooks.Linting;

namespace Grid.Rulebooks.Compiling;

/// <summary>Checks a scheme's definition against the vocabulary of metrics and compiles it, or lists every mistake with its place.</summary>
public sealed class SchemeCompiler
{
    private readonly List<Diagnostic> _faults = [];
    private readonly LocalDays? _calendar;
    private readonly Currency _currency;
    private readonly CompileContext _context;
    private readonly bool _isAudience;
    private readonly BaselinePolicy _policy;
    private readonly Margins _margins;
    private Vocabulary _vocabulary;

    private SchemeCompiler(string? calendar, bool isAudience, BaselinePolicy policy, Margins margins, Currency currency, CompileContext context)
    {
        (_currency, _context, _isAudience, _policy, _margins) = (currency, context, isAudience, policy, margins);
        _calendar = calendar is null ? null : new LocalDays(calendar);
        _vocabulary = new Vocabulary(_calendar, null, currency, context.Points, policy) { IsStored = context.IsStored, Margins = margins };
    }

    public static SchemeCompilation Compile(SchemeDefinition definition, Currency currency) =>
        Compile(definition, currency, CompileContext.Empty);

    internal static SchemeCompilation Compile(SchemeDefinition definition, Currency currency, CompileContext context)
    {
        var (scheme, mistakes) = CompileUnlinted(definition, currency, context);
        if (scheme is null || context.IsStored) return new SchemeCompilation(scheme, mistakes, []);
        var (diagnostics, warnings) = new Linter(scheme, currency).Check();
        return new SchemeCompilation(diagnostics.Count == 0 ? scheme : null, diagnostics, warnings);
    }

    /// <summary>
    /// Compiles a scheme and checks that its metrics exist and can be compared as written; does not check whether each rule has customers.
    /// </summary>
    internal static (Scheme? Scheme, IReadOnlyList<Diagnostic> Faults) CompileUnlinted(
        SchemeDefinition definition, Currency currency, CompileContext context)
    {
        var margins = Margins.Default with { Cut = definition.CutMargin };
        if (definition.Rfm is { } rfm) margins = margins with { High = rfm.HighMargin };
        var compiler = new SchemeCompiler(definition.Calendar, definition.IsAudience, definition.Baseline, margins, currency, context);
        var scheme = compiler.Compile(definition);
        return compiler._faults.Count == 0 ? (scheme, []) : (null, compiler._faults);
    }

    internal static (TagRule? Rule, IReadOnlyList<Diagnostic> Faults) CompileTag(TagDefinition definition, Currency currency, CompileContext context)
    {
        var margins = Margins.Default with { Cut = definition.CutMargin };
        var compiler = new SchemeCompiler(definition.Calendar, isAudience: false, BaselinePolicy.Continuous, margins, currency, context);
        var when = definition.When is null ? null : compiler.Condition(definition.When);
        var family = definition.Each is { } each ? compiler.At(each.Place, () => compiler.Family(each)) : null;
        return compiler._faults.Count == 0
            ? (new TagRule(definition.Tag, definition.Name, when, family) { Meaning = SchemeFingerprint.Compute(definition, context) }, [])
            : (null, compiler._faults);
    }

    private Scheme Compile(SchemeDefinition definition)
    {
        var rfm = definition.Rfm is null ? null : At(definition.Rfm.Place, () => Rfm(definition.Rfm));
        _vocabulary = new Vocabulary(_calendar, rfm, _currency, _context.Points, _policy) { IsStored = _context.IsStored, Margins = _margins };
        var layers = definition.Layers.Select((layer, index) => (layer.Id, index)).ToDictionary(layer => layer.Id, layer => layer.index);
        var rules = new List<Rule>();
        foreach (var rule in definition.Rules)
        {
            var when = rule.When is null ? null : Condition(rule.When);
            if (rule.When is null || when is not null) rules.Add(new Rule(layers[rule.Layer], when));
        }

        return new Scheme(definition, [.. rules], rfm)
        {
            DowngradePolicy = definition.DowngradePolicy,
            Meaning = SchemeFingerprint.Compute(definition, _context),
        };
    }

    private TagFamily Family(EachDefinition each) =>
        new(each.Source, each.Window is null ? Window.All : FamilyWindow(each.Source, each.Window), each.AtLeast);

    private Window FamilyWindow(string source, string window) =>
        source is "browse" or "interactions" ? _vocabulary.ActivityWindow(window) : _vocabulary.Window(window);

    private RfmMeasures Rfm(RfmDefinition definition)
    {
        var window = _vocabulary.Window(definition.Window);
        var age = new AgeMetric(Anchor.LastOrder, _calendar) { Text = _calendar is null ? "recency" : "recencyDays" };
        var recency = definition.Recency.Bands is { } days
            ? new BandedMetric(age, Bounds(age, days), window, _calendar?.Zone ?? string.Empty, _policy, _margins)
            : (Measure)new RankedRecency(window, _calendar, definition.Recency.Mode, _policy, _margins);
        return new RfmMeasures(
            window, _calendar, recency, Sum("orders", definition.Frequency, definition.Window), Sum("spend", definition.Monetary, definition.Window));
    }

    private Measure Sum(string metric, DimensionDefinition dimension, string window)
    {
        var population = _vocabulary.Window(window);
        var sum = _vocabulary.Metric(metric, [dimension.Window ?? window]);
        return dimension.Bands is { } bands
            ? new BandedMetric(sum, Bounds(sum, bands), population, _calendar?.Zone ?? string.Empty, _policy, _margins)
            : new RankedMetric(sum, population, dimension.Mode, Step(sum, dimension.Mode), _policy, _margins);
    }

    private long Step(Metric metric, ScoreMode mode) =>
        mode == ScoreMode.RfmR && metric.Kind == ValueKind.Money ? _currency.ToMinor(1)!.Value : 1;

    private List<long> Bounds(Metric metric, IReadOnlyList<string> bands) => [.. bands.Select(band => _vocabulary.Bound(metric, band))];

    private Condition? Condition(ConditionDefinition definition)
    {
        switch (definition)
        {
            case AllDefinition all: return Several(all.Conditions) is { } conditions ? new All(conditions) : null;
            case AnyDefinition any: return Several(any.Conditions) is { } alternatives ? new Any(alternatives) : null;
            case NotDefinition not: return Condition(not.Condition) is { } condition ? new Not(condition) : null;
            default: return At(definition.Place, () => Leaf((ComparisonDefinition)definition));
        }
    }

    private List<Condition>? Several(IReadOnlyList<ConditionDefinition> definitions)
    {
        var conditions = definitions.Select(Condition).ToList();
        return conditions.Contains(null) ? null : conditions.OfType<Condition>().ToList();
    }

    private Condition Leaf(ComparisonDefinition leaf)
    {
        var equal = leaf.Operator is Operator.Equal or Operator.In;
        switch (leaf.Metric)
        {
            case "tags":
                if (leaf.Operator is not (Operator.Has or Operator.Lacks)) throw new VocabularyException(
                    "标签用 has 或 lacks 来问，例如 tags has vip",
                    "tags are asked with 'has' or 'lacks'");
                return _context.Tag(leaf.Values[0], leaf.Operator == Operator.Has, leaf.Text);
            case "layer":
                RequireEquality(leaf);
                return _isAudience ? _context.Layer(leaf) : throw new VocabularyException(
                    "只有人群（audience）可以问用户在某个方案里的层级",
                    "only an audience asks for the layer of a scheme");
            case "trait":
                if (leaf.Arguments.Count != 1) throw new VocabularyException(
                    "特征要写明名称，例如 trait(city)",
                    "a trait is named: trait(city)");
                if (leaf.Operator is Operator.Has or Operator.Lacks) throw new VocabularyException(
                    "特征用 =、in 或 < 等来比较，不用 has 和 lacks",
                    "a trait is compared, with = or in or <");
                if (!equal && leaf.Operator != Operator.NotEqual && Grid.Model.Facts.TraitValue.OfText(leaf.Values[0]).AsNumber() is null)
                    throw new VocabularyException(
                        $"“{leaf.Values[0]}”不是数字，不能用大于或小于与特征比较",
                        $"'{leaf.Values[0]}' is no number to compare the trait with");
                return new TraitCondition(
                    leaf.Arguments[0],
                    leaf.Operator,
                    [.. leaf.Values.Select((value, index) => new TraitLiteral(value, leaf.IsQuoted(index)))],
                    leaf.Text);
            case "membership":
                RequireEquality(leaf);
                if (leaf.Values.FirstOrDefault(value => !MembershipCondition.States.Contains(value)) is { } unknown)
                    throw new VocabularyException(
                        $"membership 只能是 {string.Join("、", MembershipCondition.States)}，不能是“{unknown}”",
                        $"membership is {string.Join(", ", MembershipCondition.States)}, not '{unknown}'");
                return new MembershipCondition(leaf.Values, equal, leaf.Text);
            case "plan":
                RequireEquality(leaf);
                return new PlanCondition(leaf.Values, equal, leaf.Text);
            case "favouriteCategory" or "favouriteChannel" or "favouriteSeason":
                RequireEquality(leaf);
                return FavouriteCondition.Create(Enum.Parse<FavouriteOf>(leaf.Metric["favourite".Length..]), leaf, _calendar);
            case "source":
                RequireEquality(leaf);
                return new SourceCondition(leaf.Values, equal, leaf.Text);
            case "topPercent":
                return Top(leaf);
            default:
                return Number(leaf);
        }
    }

    private Comparison Number(ComparisonDefinition leaf)
    {
        if (_isAudience && Vocabulary.IsOfScores(leaf.Metric))
            throw new VocabularyException(
                "人群没有自己的得分；请问一个评分方案的层级，例如 layer(rfm8) = 111",
                "an audience has no scores of its own; ask for a layer of a scheme that has: layer(rfm8) = 111");
        var metric = _vocabulary.Metric(leaf.Metric, leaf.Arguments);
        if (metric is InteractionMetric { Kinds: { } kinds } && _context.UnknownKind(kinds) is { } diagnostic) throw diagnostic;
        if (leaf.Operator is Operator.Has or Operator.Lacks or Operator.In)
            throw new VocabularyException(
                $"{metric.Text} 用 =、!=、<、<=、> 或 >= 来比较",
                $"{metric.Text} is compared with =, !=, <, <=, > or >=");
        if (metric.Kind == ValueKind.Truth && leaf.Operator is not (Operator.Equal or Operator.NotEqual))
            throw new VocabularyException(
                $"{metric.Text} 只有 yes 和 no，请用 = 来比较",
                $"{metric.Text} is yes or no: compare it with =");
        return new Comparison(metric, leaf.Operator, _vocabulary.Bound(metric, leaf.Values[0]), leaf.Text);
    }

    private Comparison Top(ComparisonDefinition leaf)
    {
        var measure = _vocabulary.Top(leaf.Arguments);
        var share = leaf.Values[0];
        if (!share.EndsWith('%') || !decimal.TryParse(share[..^1], System.Globalization.NumberStyles.Number, null, out var percent)
            || percent <= 0 || percent > 100 || percent * 10 != decimal.Truncate(percent * 10))
            throw new VocabularyException(
                $"topPercent 要与 0.1% 到 100% 之间的比例比较，不能写“{share}”",
                $"topPercent is compared with a share from 0.1% to 100%, not '{share}'");
        var inside = leaf.Operator switch
        {
            Operator.AtMost => 1,
            Operator.Greater => 0,
            _ => throw new VocabularyException(
                "topPercent 只用 <=（在前列）或 >（不在前列）来比较",
                "topPercent is compared with <= (among the top) or > (not among them)"),
        };
        var top = new TopMetric(measure, (int)(percent * 10)) { Text = $"topPercent({string.Join(", ", leaf.Arguments)})" };
        return new Comparison(top, Operator.Equal, inside, leaf.Text);
    }

    private static void RequireEquality(ComparisonDefinition leaf)
    {
        if (leaf.Operator is not (Operator.Equal or Operator.NotEqual or Operator.In))
            throw new VocabularyException(
                $"{leaf.Metric} 用 =、!= 或 in 来比较",
                $"{leaf.Metric} is compared with =, != or in");
    }

    private T? At<T>(Place place, Func<T> make)
        where T : class
    {
        try
        {
            return make();
        }
        catch (VocabularyException diagnostic)
        {
            _faults.Add(new Diagnostic(place, diagnostic.Text));
            return null;
        }
    }
}

/// <param name="Scheme">Null exactly when there are faults.</param>
/// <param name="Warnings">Definitions that are allowed but probably not intended, such as a part of a condition that never matters.</param>
public sealed record SchemeCompilation(Scheme? Scheme, IReadOnlyList<Diagnostic> Faults, IReadOnlyList<Diagnostic> Warnings)
{
    public void Deconstruct(out Scheme? scheme, out IReadOnlyList<Diagnostic> diagnostics) => (scheme, diagnostics) = (Scheme, Faults);
}
