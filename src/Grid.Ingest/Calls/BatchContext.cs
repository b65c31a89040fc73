using System.Text.Json;
using Grid.Model.Facts;

namespace Grid.Ingest.Calls;

/// <summary>
/// What the context of a batch gives to each item, as if it stood in the item's own context, whose values win key by key. Read and checked once.
/// </summary>
/// <param name="CampaignSource">A valid name; not present when the batch has none.</param>
/// <param name="Traits">The traits of the person.</param>
internal sealed record BatchContext(Slot CampaignSource, Trait[] Traits)
{
    /// <summary>Null when the context has nothing that counts. What cannot be used is reported for the batch.</summary>
    public static BatchContext? Read(ref CallFields fields)
    {
        var source = fields.OptionalName(Field.CampaignSource) is null ? default : fields.Slot(Field.CampaignSource);
        var traits = TraitReader.ReadContext(ref fields, []);
        return source.Present || traits.Length > 0 ? new BatchContext(source, traits) : null;
    }

    /// <summary>Adds the campaign to the fields of an item that names none.</summary>
    public void AddTo(ref Slots item)
    {
        if (!CampaignSource.Present || !TakesMore(item[Field.Context]) || !TakesMore(item[Field.Campaign])) return;
        if (!item[Field.CampaignSource].Present) item.At(Field.CampaignSource) = CampaignSource;
    }

    /// <summary>The traits for an item, before its own.</summary>
    public Trait[] TraitsFor(in Slots item) => TakesMore(item[Field.Context]) && TakesMore(item[Field.ContextTraits]) ? Traits : [];

    /// <summary>An item whose value is no object has replaced the whole of the batch's value.</summary>
    private static bool TakesMore(Slot own) => !own.Present || own.Type == JsonTokenType.StartObject;
}
