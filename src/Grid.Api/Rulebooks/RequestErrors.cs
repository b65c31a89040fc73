using Grid.Api.Parameters;

namespace Grid.Api.Rulebooks;

/// <summary>Missing or too long fields of a request, checked before any file is read.</summary>
internal static class RequestErrors
{
    /// <param name="request">The deserialized request: fields that must not be null may be.</param>
    public static ParameterError? Find(RulebookRequest request) =>
        Files("files", request.Files) ?? Files("replace", request.Replace) ?? Removed(request.Remove) ?? Signature(request.Author, request.Note);

    /// <summary>The request would change nothing, most likely because a key is missing.</summary>
    public static ParameterError? NamesNothing(RulebookRequest request) =>
        request is { Files: null, Replace: null, Remove: null }
            ? new ParameterError("replace", "the request names no files; give files, replace or remove")
            : null;

    public static ParameterError? Signature(string? author, string? note)
    {
        if (author?.Length > ApiLimits.AuthorLengthMax)
            return new ParameterError("author", $"author has {author.Length} characters; at most {ApiLimits.AuthorLengthMax} are kept");
        return note?.Length > ApiLimits.NoteLengthMax
            ? new ParameterError("note", $"note has {note.Length} characters; at most {ApiLimits.NoteLengthMax} are kept")
            : null;
    }

    private static ParameterError? Files(string name, IReadOnlyList<RulebookFile?>? files)
    {
        for (var index = 0; index < files?.Count; index++)
        {
            var place = $"{name}[{index}]";
            if (files[index] is not { } file) return new ParameterError(place, $"{place} is null; it is an object with file and yaml");
            if (string.IsNullOrWhiteSpace(file.File))
                return new ParameterError($"{place}.file", $"{place}.file is missing or blank; it is a name for places in faults, such as vip.yaml");
            if (file.Yaml is null) return new ParameterError($"{place}.yaml", $"{place}.yaml is missing; it is the content of the file");
        }

        return null;
    }

    private static ParameterError? Removed(IReadOnlyList<string>? removed)
    {
        for (var index = 0; index < removed?.Count; index++)
            if (string.IsNullOrWhiteSpace(removed[index]))
                return new ParameterError($"remove[{index}]", $"remove[{index}] is blank; it is the id of a scheme or audience, or the name of a file");
        return null;
    }
}
