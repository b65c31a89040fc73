using System.Globalization;
using Grid.Model;
using Grid.Model.Baselines;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Definitions;
using Grid.Rulebooks.Reading.Comparisons;
using Grid.Rulebooks.Reading.Sources;

namespace Grid.Rulebooks.Reading;

/// <summary>Reads the rules of derived tags.</summary>
internal static class TagsReader
{
    private const string Example = "tags: [{ tag: focus, name: { zh: …, en: … }, when: topPercent(repurchases) <= 30% }]";
    private static readonly string[] Keys = ["tags", "calendar", "cutMargin"];
    private static readonly string[] TagKeys = ["tag", "name", "when", "each"];
    private static readonly string[] EachKeys = ["of", "window", "atLeast"];

    public static IReadOnlyList<TagDefinition> Read(SourceNode root, DiagnosticBag diagnostics)
    {
        if (Fields.Read(root, "A file of tags", "{ tags: […] }", Keys, diagnostics) is not { } fields) return [];
        var calendar = SchemeReader.ReadCalendar(fields, diagnostics);
        var margin = MarginReader.Read(fields, "cutMargin", Margins.Default.Cut, diagnostics);
        var tags = new List<TagDefinition>();
        foreach (var item in fields.RequiredList("tags", Example) ?? [])
            if (ReadOne(item, calendar, diagnostics) is { } tag)
                tags.Add(tag with { CutMargin = margin });
        return tags;
    }

    private static TagDefinition? ReadOne(SourceNode item, string? calendar, DiagnosticBag diagnostics)
    {
        if (Fields.Read(item, "A tag", "{ tag: focus, name: …, when: … }", TagKeys, diagnostics) is not { } fields) return null;
        var tag = fields.RequiredText("tag", "tag: focus", Limits.NameBytesMax);
        var name = fields.RequiredNaming("name", SchemeFileLimits.NameCharactersMax);
        var (when, each) = (fields.Optional("when"), fields.Optional("each"));
        if ((when is null) == (each is null))
        {
            diagnostics.Add(
                fields.Place,
                "标签要么有条件“when”，要么有“each”，例如 each： { of: purchases， window: 365d }。",
                "A tag has either \"when\", a condition, or \"each\", such as \"each: { of: purchases, window: 365d }\".");
            return null;
        }

        var condition = when is null ? null : new ConditionReader(diagnostics).Read(when);
        var family = each is null ? null : ReadEach(each, diagnostics);
        if (tag is null || name is null || (condition is null && family is null)) return null;
        var star = tag.Text.IndexOf('*', StringComparison.Ordinal);
        var isFamily = star == tag.Text.Length - 1 && star > 0;
        if (family is not null && !isFamily)
            diagnostics.Add(
                tag.Place,
                "为每个值生成的标签以 * 结尾，* 代表那个值，例如 bought:*。",
                "A tag for each value ends with *, which stands for the value, such as \"bought:*\".");
        if (family is null && star >= 0)
            diagnostics.Add(
                tag.Place,
                "只有带“each”的标签才写 *；请给这个标签一个固定的名称。",
                "Only a tag with \"each\" has a *; give this one a name of its own.");
        return new TagDefinition(tag.Text, name.Value, condition, family, calendar, tag.Place);
    }

    private static EachDefinition? ReadEach(SourceNode node, DiagnosticBag diagnostics)
    {
        if (Fields.Read(node, "\"each\"", "{ of: purchases, window: 365d, atLeast: 2 }", EachKeys, diagnostics) is not { } fields) return null;
        var of = fields.RequiredText("of", "of: purchases", SchemeFileLimits.NameCharactersMax);
        var window = fields.OptionalText("window", "window: 365d", SchemeFileLimits.NameCharactersMax);
        var atLeast = fields.OptionalText("atLeast", "atLeast: 2", SchemeFileLimits.NameCharactersMax);
        if (of is null) return null;
        if (!TagFamily.Sources.Contains(of.Text))
        {
            var near = NearestWord.Clause(of.Text, TagFamily.Sources);
            diagnostics.Add(
                of.Place,
                $"不能由“{of.Text}”生成标签（可用：{string.Join("、", TagFamily.Sources)}）{near.Zh}",
                $"\"{of.Text}\" gives no tags (known: {string.Join(", ", TagFamily.Sources)}){near.En}");
        }

        var least = 1;
        if (atLeast is not null && (!int.TryParse(atLeast.Text, NumberStyles.None, CultureInfo.InvariantCulture, out least) || least < 1))
            diagnostics.Add(
                atLeast.Place,
                $"“atLeast”是从 1 开始的整数，不能写“{atLeast.Text}”。",
                $"\"atLeast\" is a whole number from 1, not \"{atLeast.Text}\".");
        return new EachDefinition(of.Text, window?.Text, least, of.Place);
    }
}
