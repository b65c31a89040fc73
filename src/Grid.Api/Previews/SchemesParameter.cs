using Grid.Api.Parameters;

namespace Grid.Api.Previews;

/// <summary>The parameter <c>schemes</c>: ids separated by commas, or <c>all</c>.</summary>
internal static class SchemesParameter
{
    public static IReadOnlySet<string> Parse(string? text, IReadOnlySet<string> known, out ParameterError? error)
    {
        error = null;
        if (text is null) return new HashSet<string>();
        if (text == "all") return known;
        var requested = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        if (requested.FirstOrDefault(id => !known.Contains(id)) is { } unknown)
        {
            error = new ParameterError(
                "schemes",
                $"这些文件中没有分层方案“{Parameter.Shown(unknown)}”；请核对 schemes。",
                $"there is no scheme '{Parameter.Shown(unknown)}' in these files");
        }

        return requested;
    }
}
