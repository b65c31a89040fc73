using Grid.Api.Parameters;
using Grid.Grains;
using Grid.Grains.Calls;
using Grid.Grains.Rules;
using Grid.Rulebooks.Reading;

namespace Grid.Api.Rulebooks;

/// <summary>Builds the files of a whole rulebook from a request.</summary>
internal static class RequestedFiles
{
    public static async Task<(IReadOnlyList<SchemeSource>? Files, ParameterError? Fault)> Read(
        RulebookRequest request, IGrainFactory grains, GrainCalls calls)
    {
        if (RequestErrors.Find(request) is { } wrong) return (null, wrong);
        var files = request.Files is { } all
            ? [.. all.Select(Source)]
            : (await calls.Call(grains.Rules(), static rules => rules.History()))[^1].Files.ToList();
        if (files.Count + (request.Replace?.Count ?? 0) > ApiLimits.RulebookFilesMax)
            return (null, TooManyFiles);
        foreach (var id in request.Remove ?? [])
        {
            var gone = files.FindIndex(file => Path.GetFileName(file.File) == id || IdOf(file) == id);
            if (gone < 0) return (null, NotThere(id));
            files.RemoveAt(gone);
        }

        var replacing = (request.Replace ?? []).Select(Source).Select(file => (File: file, Id: IdOf(file))).ToList();
        if (Twice(replacing) is { } twice) return (null, twice);
        foreach (var (file, id) in replacing)
        {
            var known = files.FindIndex(other => id is null ? Path.GetFileName(other.File) == Path.GetFileName(file.File) : IdOf(other) == id);
            if (known < 0) files.Add(file);
            else files[known] = file;
        }

        return (files, null);
    }

    private static ParameterError TooManyFiles => new(
        "files",
        $"一个规则集最多有 {ApiLimits.RulebookFilesMax} 个文件；请减少文件。",
        $"a rulebook has at most {ApiLimits.RulebookFilesMax} files");

    private static ParameterError NotThere(string id) => new(
        "remove",
        $"规则集里没有方案 ID 或名称为“{Parameter.Shown(id)}”的文件；请核对 remove。",
        $"no file of the rulebook has the scheme or the name '{Parameter.Shown(id)}'");

    /// <summary>Refuses two files for the same scheme, audience or name: only one could be used.</summary>
    private static ParameterError? Twice(List<(SchemeSource File, string? Id)> replacing)
    {
        for (var later = 1; later < replacing.Count; later++)
            for (var earlier = 0; earlier < later; earlier++)
            {
                var (first, second) = (replacing[earlier], replacing[later]);
                var (name, other) = (Parameter.Shown(first.File.File), Parameter.Shown(second.File.File));
                if (first.Id is { } id && id == second.Id)
                {
                    return new ParameterError(
                        $"replace[{later}]",
                        $"“{name}”和“{other}”的 ID 都是“{Parameter.Shown(id)}”；请只保留一个。",
                        $"'{name}' and '{other}' both have the id '{Parameter.Shown(id)}'");
                }

                if (Path.GetFileName(first.File.File) == Path.GetFileName(second.File.File))
                {
                    return new ParameterError(
                        $"replace[{later}].file",
                        $"replace[{earlier}]“{name}”和 replace[{later}]“{other}”同名；请只保留一个。",
                        $"replace[{earlier}] '{name}' and replace[{later}] '{other}' have the same name");
                }
            }

        return null;
    }

    private static SchemeSource Source(RulebookFile file) => new(file.File, file.Yaml);

    /// <summary>Null for a file of tags or points, and for an unreadable file, which the compiler reports.</summary>
    private static string? IdOf(SchemeSource file) => SchemeFile.Read(file.File, file.Yaml).Scheme?.Id;
}
