using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Time;
using Grid.Model.Transitions;

namespace Grid.Grains.Messages;

[GenerateSerializer, Immutable, Alias("grid.instant-milliseconds")]
internal struct InstantMilliseconds
{
    [Id(0)] public long Value;
}

[RegisterConverter]
internal sealed class InstantConverter : IConverter<Instant, InstantMilliseconds>
{
    public Instant ConvertFromSurrogate(in InstantMilliseconds surrogate) => new(surrogate.Value);

    public InstantMilliseconds ConvertToSurrogate(in Instant value) => new() { Value = value.Milliseconds };
}

[GenerateSerializer, Immutable, Alias("grid.customer-id-text")]
internal struct CustomerIdText
{
    [Id(0)] public string Value;
}

[RegisterConverter]
internal sealed class CustomerIdConverter : IConverter<CustomerId, CustomerIdText>
{
    public CustomerId ConvertFromSurrogate(in CustomerIdText surrogate) => new(surrogate.Value);

    public CustomerIdText ConvertToSurrogate(in CustomerId value) => new() { Value = value.Value };
}

[GenerateSerializer, Immutable, Alias("grid.transition-fields")]
internal struct TransitionFields
{
    [Id(0)] public string Customer;
    [Id(1)] public string Scheme;
    [Id(2)] public string? From;
    [Id(3)] public string? To;
    [Id(4)] public byte Direction;
    [Id(5)] public byte CauseKind;
    [Id(6)] public int CauseNumber;
    [Id(7)] public long EffectiveAt;
    [Id(8)] public long RecordedAt;
}

[RegisterConverter]
internal sealed class TransitionConverter : IConverter<Transition, TransitionFields>
{
    public Transition ConvertFromSurrogate(in TransitionFields surrogate) => new(
        new CustomerId(surrogate.Customer),
        surrogate.Scheme,
        surrogate.From,
        surrogate.To,
        (Direction)surrogate.Direction,
        new Cause((CauseKind)surrogate.CauseKind, surrogate.CauseNumber),
        new Instant(surrogate.EffectiveAt),
        new Instant(surrogate.RecordedAt));

    public TransitionFields ConvertToSurrogate(in Transition value) => new()
    {
        Customer = value.Customer.Value,
        Scheme = value.Scheme,
        From = value.From,
        To = value.To,
        Direction = (byte)value.Direction,
        CauseKind = (byte)value.Cause.Kind,
        CauseNumber = value.Cause.Number,
        EffectiveAt = value.EffectiveAt.Milliseconds,
        RecordedAt = value.RecordedAt.Milliseconds,
    };
}

[GenerateSerializer, Immutable, Alias("grid.cuts-fields")]
internal struct CutsFields
{
    [Id(0)] public string Measure;
    [Id(1)] public long Population;
    [Id(2)] public long[] Bounds;
    [Id(3)] public long ScoreSum;
    [Id(4)] public TopCutFields[] Tops;
    [Id(5)] public string[] Splits;
    [Id(6)] public long AsOf;
    [Id(7)] public int HighMargin;
}

[GenerateSerializer, Immutable, Alias("grid.top-cut-fields")]
internal struct TopCutFields
{
    [Id(0)] public int PerMille;
    [Id(1)] public long Nominal;
    [Id(2)] public long Threshold;
    [Id(3)] public long WithTies;
}

[RegisterConverter]
internal sealed class CutsConverter : IConverter<Cutoffs, CutsFields>
{
    public Cutoffs ConvertFromSurrogate(in CutsFields surrogate) => new(
        surrogate.Measure,
        surrogate.Population,
        surrogate.Bounds,
        surrogate.ScoreSum,
        Array.ConvertAll(surrogate.Tops, static top => new TopCutoff(top.PerMille, top.Nominal, top.Threshold, top.WithTies)))
    {
        Splits = surrogate.Splits,
        AsOf = new Instant(surrogate.AsOf),
        HighMargin = surrogate.HighMargin,
    };

    public CutsFields ConvertToSurrogate(in Cutoffs value) => new()
    {
        Measure = value.Measure,
        Population = value.Population,
        Bounds = [.. value.Bounds],
        ScoreSum = value.ScoreSum,
        Tops = [.. value.Tops.Select(FieldsOf)],
        Splits = [.. value.Splits],
        AsOf = value.AsOf.Milliseconds,
        HighMargin = value.HighMargin,
    };

    private static TopCutFields FieldsOf(TopCutoff top) => new()
    {
        PerMille = top.PerMille,
        Nominal = top.Nominal,
        Threshold = top.Threshold,
        WithTies = top.WithTies,
    };
}

[GenerateSerializer, Immutable, Alias("grid.rulebook-layout-fields")]
internal struct RulebookLayoutFields
{
    [Id(0)] public int Number;
    [Id(1)] public SchemeLayoutFields[] Schemes;
    [Id(2)] public string[] Measures;
}

[GenerateSerializer, Immutable, Alias("grid.scheme-layout-fields")]
internal struct SchemeLayoutFields
{
    [Id(0)] public string Id;
    [Id(1)] public string[] Layers;
}

[RegisterConverter]
internal sealed class RulebookLayoutConverter : IConverter<RulebookLayout, RulebookLayoutFields>
{
    public RulebookLayout ConvertFromSurrogate(in RulebookLayoutFields surrogate) => new(
        surrogate.Number, Array.ConvertAll(surrogate.Schemes, static scheme => new SchemeLayout(scheme.Id, scheme.Layers)))
    {
        Measures = surrogate.Measures,
    };

    public RulebookLayoutFields ConvertToSurrogate(in RulebookLayout value) => new()
    {
        Number = value.Number,
        Schemes = [.. value.Schemes.Select(static scheme => new SchemeLayoutFields { Id = scheme.Id, Layers = [.. scheme.Layers] })],
        Measures = [.. value.Measures],
    };
}
