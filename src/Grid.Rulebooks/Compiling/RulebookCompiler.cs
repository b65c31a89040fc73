using Grid.Model;
using Grid.Model.Customers;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Conditions;
using Grid.Model.Schemes.Definitions;
using Grid.Rulebooks.Reading;

namespace Grid.Rulebooks.Compiling;

/// <param name="Content">Null when there are faults.</param>
public sealed record RulebookResult(RulebookContent? Content, IReadOnlyList<Diagnostic> Faults, IReadOnlyList<Diagnostic> Warnings);

/// <summary>
/// Compiles the files of a rulebook together: points and tags first, because schemes read them, then schemes, then audiences, which read layers of
/// schemes.
/// </summary>
public static class RulebookCompiler
{
    /// <param name="read">The files.</param>
    /// <param name="currency">The currency of amounts.</param>
    /// <param name="kinds">The kinds of interaction that the event mapping gives; null when unknown: then any kind is allowed.</param>
    public static RulebookResult Compile(SchemeFolderResult read, Currency currency, IReadOnlyCollection<string>? kinds = null) =>
        Compile(read, currency, CompileContext.Empty with { Kinds = kinds });

    /// <summary>
    /// Compiles a stored rulebook that customers are under. A later build may be stricter than the one that published it, so only what cannot be
    /// evaluated at all is a fault. It skips the search for rules without customers, which is most of the cost of
    /// <see cref="Compile(SchemeFolderResult, Currency, IReadOnlyCollection{string}?)"/>; the rest is the cost of reading the files.
    /// </summary>
    /// <param name="read">The files.</param>
    /// <param name="currency">The currency of amounts.</param>
    /// <param name="language">The <see cref="ConditionLanguage"/> that customers were decided with; a scheme of another one is not alike.</param>
    public static RulebookResult CompileStored(SchemeFolderResult read, Currency currency, int language) =>
        Compile(read, currency, CompileContext.Empty with { IsStored = true, Language = language });

    private static RulebookResult Compile(SchemeFolderResult read, Currency currency, CompileContext given)
    {
        var diagnostics = read.Faults.ToList();
        var warnings = read.Warnings.ToList();
        var points = Points(read.Points, currency, diagnostics);
        var context = given with { Points = points };
        foreach (var (kind, _) in read.Points?.Interactions ?? [])
            if (context.UnknownKind([kind]) is { } diagnostic)
                diagnostics.Add(new Diagnostic(read.Points!.Place, diagnostic.Text));
        foreach (var tag in read.Tags)
        {
            var (rule, found) = SchemeCompiler.CompileTag(tag, currency, context);
            diagnostics.AddRange(found);
            if (rule is not null) context = context with { Tags = new TagRules([.. context.Tags.All, rule]) };
        }

        foreach (var definition in read.Schemes)
        {
            var compiled = SchemeCompiler.Compile(definition, currency, context);
            diagnostics.AddRange(compiled.Faults);
            warnings.AddRange(compiled.Warnings);
            if (compiled.Scheme is { } scheme) context = context with { Schemes = [.. context.Schemes, scheme] };
        }

        if (diagnostics.Count == 0 && context.Schemes.Count == 0)
            diagnostics.Add(new Diagnostic(
                new Place("schemes", 1, 1),
                "没有方案文件；一个规则集至少有一个方案。",
                "There is no scheme file; a rulebook has at least one."));
        return diagnostics.Count > 0
            ? new RulebookResult(null, diagnostics, warnings)
            : new RulebookResult(new RulebookContent(context.Schemes, context.Tags, points), [], warnings);
    }

    private static PointRules Points(PointsDefinition? definition, Currency currency, List<Diagnostic> diagnostics)
    {
        if (definition is null) return PointRules.None;
        if (definition.Orders is null) return new PointRules(0, 0, definition.Interactions);
        var place = definition.Orders.Place;
        var isNumber = decimal.TryParse(
            definition.Orders.Each, System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture, out var each);
        if (isNumber && currency.ToMinor(each) is > 0 and var minor) return new PointRules(minor, definition.Orders.Points, definition.Interactions);
        diagnostics.Add(new Diagnostic(
            place,
            $"积分按每满一个大于零的金额发放，例如 1.00，不能写“{definition.Orders.Each}”。",
            $"Points are given for each full amount above zero, such as 1.00, not \"{definition.Orders.Each}\"."));
        return PointRules.None;
    }
}

/// <summary>The names that a scheme may refer to.</summary>
internal sealed record CompileContext(PointRules Points, TagRules Tags, IReadOnlyList<Scheme> Schemes)
{
    public static readonly CompileContext Empty = new(PointRules.None, TagRules.None, []);

    /// <summary>Whether the rulebook is stored already: then everything that can be evaluated is accepted.</summary>
    public bool IsStored { get; init; }

    /// <summary>Part of the meaning of each scheme and tag.</summary>
    public int Language { get; init; } = ConditionLanguage.Current;

    /// <summary>Null: any kind of interaction is allowed.</summary>
    public IReadOnlyCollection<string>? Kinds { get; init; }

    /// <summary>The mistake when the event mapping never gives one of these kinds.</summary>
    public VocabularyException? UnknownKind(IReadOnlyList<string> kinds)
    {
        if (Kinds is null || kinds.FirstOrDefault(kind => !Kinds.Contains(kind)) is not { } unknown) return null;
        var known = string.Join(", ", Kinds.Order(StringComparer.Ordinal));
        return new VocabularyException(
            $"没有任何事件会成为互动“{unknown}”（已知：{known}）；请改正拼写，或在事件映射文件中加入它",
            $"no event becomes an interaction '{unknown}' (known: {known}); mend the spelling, or add it to the mapping of events");
    }

    /// <summary><c>tags has focus</c>: derived by a rule, set by hand, or both.</summary>
    public Condition Tag(string tag, bool has, string text)
    {
        if (Tags.Find(tag) is not { } derived) return new TagCondition(tag, has, text);
        var byHand = new TagCondition(tag, true, has ? text : $"tags has {tag}") { Name = Tags.NameOf(tag) };
        var either = new Any([derived, byHand]);
        return has ? either : new Not(either);
    }

    /// <summary><c>layer(lifecycle) = loyal</c>.</summary>
    public LayerCondition Layer(ComparisonDefinition leaf)
    {
        if (leaf.Arguments.Count != 1) throw new VocabularyException(
            "layer 要写明方案，例如 layer(lifecycle) = loyal",
            "layer names a scheme: layer(lifecycle) = loyal");
        for (var position = 0; position < Schemes.Count; position++)
        {
            var scheme = Schemes[position];
            if (scheme.Id != leaf.Arguments[0] || scheme.Definition.IsAudience) continue;
            var unknown = leaf.Values.FirstOrDefault(value => scheme.IndexOf(value) == LayerState.None);
            if (unknown is not null)
                throw new VocabularyException(
                    $"方案 {scheme.Id} 没有层级“{unknown}”（已有：{string.Join("、", scheme.Layers)}）",
                    $"the scheme {scheme.Id} has no layer '{unknown}' (known: {string.Join(", ", scheme.Layers)})");
            return new LayerCondition(
                position, scheme.Definition, scheme.Layers, [.. leaf.Values.Select(scheme.IndexOf)], leaf.Operator != Operator.NotEqual, leaf.Text);
        }

        throw new VocabularyException(
            $"没有可供人群询问层级的方案“{leaf.Arguments[0]}”",
            $"there is no scheme '{leaf.Arguments[0]}' that an audience could ask for its layer");
    }
}
