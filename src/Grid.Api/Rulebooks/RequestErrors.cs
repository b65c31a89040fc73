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
            ? new ParameterError("replace", "请求里没有任何文件；请提供 files、replace 或 remove。", "the request names no files; give files, replace or remove")
            : null;

    public static ParameterError? Signature(string? author, string? note)
    {
        if (author?.Length > ApiLimits.AuthorLengthMax) return TooLong("author", author, ApiLimits.AuthorLengthMax);
        return note?.Length > ApiLimits.NoteLengthMax ? TooLong("note", note, ApiLimits.NoteLengthMax) : null;
    }

    private static ParameterError TooLong(string name, string text, int most) => new(
        name, $"{name} 有 {text.Length} 个字符，最多 {most} 个；请缩短。", $"{name} has {text.Length} characters; at most {most} are kept");

    private static ParameterError? Files(string name, IReadOnlyList<RulebookFile?>? files)
    {
        for (var index = 0; index < files?.Count; index++)
        {
            var place = $"{name}[{index}]";
            if (files[index] is not { } file)
            {
                return new ParameterError(
                    place, $"{place} 是 null；请填写含有 file 和 yaml 的对象。", $"{place} is null; it is an object with file and yaml");
            }

            if (string.IsNullOrWhiteSpace(file.File))
            {
                return new ParameterError(
                    $"{place}.file",
                    $"{place}.file 缺失或为空；请填写文件名，例如 vip.yaml，提示错误的位置时会用到它。",
                    $"{place}.file is missing or blank; it is a name for places in faults, such as vip.yaml");
            }

            if (file.Yaml is null)
            {
                return new ParameterError(
                    $"{place}.yaml", $"缺少 {place}.yaml；请填写文件的内容。", $"{place}.yaml is missing; it is the content of the file");
            }
        }

        return null;
    }

    private static ParameterError? Removed(IReadOnlyList<string>? removed)
    {
        for (var index = 0; index < removed?.Count; index++)
            if (string.IsNullOrWhiteSpace(removed[index]))
            {
                return new ParameterError(
                    $"remove[{index}]",
                    $"remove[{index}] 为空；请填写分层方案或人群包的 ID，或者文件名。",
                    $"remove[{index}] is blank; it is the id of a scheme or audience, or the name of a file");
            }

        return null;
    }
}
