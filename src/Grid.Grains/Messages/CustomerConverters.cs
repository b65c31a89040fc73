using Grid.Grains.Customers;
using Grid.Model.Bytes;
using Grid.Model.Facts;
using Grid.Model.Rejections;

namespace Grid.Grains.Messages;

/// <summary>Serializes facts in the model's own format, which the journal uses as well.</summary>
[GenerateSerializer, Immutable, Alias("grid.fact-batch")]
internal struct FactBatchBytes
{
    [Id(0)] public byte[] Facts;
}

[RegisterConverter]
internal sealed class FactBatchConverter : IConverter<FactBatch, FactBatchBytes>
{
    public FactBatch ConvertFromSurrogate(in FactBatchBytes surrogate)
    {
        var reader = new ByteReader(surrogate.Facts);
        var facts = new Fact[reader.Count()];
        for (var index = 0; index < facts.Length; index++) facts[index] = FactCodec.Read(ref reader);
        return new FactBatch(facts);
    }

    public FactBatchBytes ConvertToSurrogate(in FactBatch value)
    {
        var writer = new ByteWriter();
        writer.Count(value.Facts.Count);
        foreach (var fact in value.Facts) FactCodec.Write(writer, fact);
        return new FactBatchBytes { Facts = writer.ToArray() };
    }
}

[GenerateSerializer, Immutable, Alias("grid.record-reply")]
internal struct RecordReplyColumns
{
    /// <summary>One kind per fact.</summary>
    [Id(0)] public byte[] Kinds;

    /// <summary>One reason per fact in English, or null when none has any. <see cref="ReasonCatalogue.Parse"/> finds it in the catalogue again.</summary>
    [Id(1)] public string?[]? Reasons;
}

[RegisterConverter]
internal sealed class RecordReplyConverter : IConverter<RecordReply, RecordReplyColumns>
{
    public RecordReply ConvertFromSurrogate(in RecordReplyColumns surrogate)
    {
        var reasons = surrogate.Reasons;
        return new RecordReply([.. surrogate.Kinds.Select((kind, index) => new FactOutcome((OutcomeKind)kind, Find(reasons?[index])))]);
    }

    public RecordReplyColumns ConvertToSurrogate(in RecordReply value)
    {
        var columns = new RecordReplyColumns { Kinds = [.. value.Outcomes.Select(outcome => (byte)outcome.Kind)] };
        if (value.Outcomes.Any(outcome => outcome.Reason is not null)) columns.Reasons = [.. value.Outcomes.Select(outcome => outcome.Reason?.ToString())];
        return columns;
    }

    private static Reason? Find(string? english) => english is null ? null : ReasonCatalogue.Parse(english);
}
