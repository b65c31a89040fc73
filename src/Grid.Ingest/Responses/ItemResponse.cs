using System.Text.Json;
using Grid.Ingest.Calls;
using Grid.Ingest.Recording;
using Grid.Model.Facts;
using Grid.Model.Languages;

namespace Grid.Ingest.Responses;

/// <summary>The outcome of each item in the language of the request, for senders that request it with <c>?strict=true</c>.</summary>
internal static class ItemResponse
{
    public static void WriteItems(Utf8JsonWriter json, CallBatch batch, ReadOnlySpan<byte> body, Language language)
    {
        json.WriteStartObject();
        json.WriteStartArray("items"u8);
        for (var index = 0; index < batch.Items.Count; index++) WriteItem(json, "index"u8, index, batch, index, body, language);
        json.WriteEndArray();
        WriteNotes(json, batch, CallNote.WholeBody, language);
        json.WriteEndObject();
    }

    /// <summary>One item; <paramref name="number"/> is its index in a batch, or its line of an import.</summary>
    public static void WriteItem(
        Utf8JsonWriter json, ReadOnlySpan<byte> numberName, long number, CallBatch batch, int index, ReadOnlySpan<byte> body, Language language)
    {
        var item = batch.Items[index];
        json.WriteStartObject();
        json.WriteNumber(numberName, number);
        if (FactDelivery.MessageId(item, body) is { } messageId) json.WriteString("messageId"u8, messageId);
        else json.WriteNull("messageId"u8);
        json.WriteString("outcome"u8, Outcome(item.Outcome.Kind));
        if (item.Outcome.Kind == OutcomeKind.Rejected)
        {
            json.WriteString("reason"u8, item.Outcome.Reason!.In(language));
            json.WriteString("place"u8, item.Place ?? FieldPaths.OfCall(index));
        }

        if (item.Outcome.Kind == OutcomeKind.Accepted) WriteNotes(json, batch, index, language);
        json.WriteEndObject();
    }

    /// <summary>Parts of an accepted call, or of the root of a batch, that were left out.</summary>
    private static void WriteNotes(Utf8JsonWriter json, CallBatch batch, int index, Language language)
    {
        var isOpen = false;
        foreach (var note in batch.Notes)
        {
            if (note.Item != index) continue;
            if (!isOpen) json.WriteStartArray("leftOut"u8);
            isOpen = true;
            json.WriteStartObject();
            json.WriteString("reason"u8, note.Reason.In(language));
            json.WriteString("place"u8, note.Place);
            json.WriteEndObject();
        }

        if (isOpen) json.WriteEndArray();
    }

    private static ReadOnlySpan<byte> Outcome(OutcomeKind kind) => kind switch
    {
        OutcomeKind.Accepted => "accepted"u8,
        OutcomeKind.Duplicate => "duplicate"u8,
        _ => "rejected"u8,
    };
}
