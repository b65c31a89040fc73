using Grid.Model.Schemes.Definitions;

namespace Grid.Rulebooks.Reading.Sources;

/// <summary>
/// The fields of one mapping, read by name. Each method logs the mistake in its field and returns null; a missing field is reported at the place of
/// the mapping.
/// </summary>
internal sealed class Fields
{
    private readonly SourceMapping _mapping;
    private readonly string _owner;
    private readonly DiagnosticBag _faults;

    private Fields(SourceMapping mapping, string owner, DiagnosticBag diagnostics) => (_mapping, _owner, _faults) = (mapping, owner, diagnostics);

    public Place Place => _mapping.Place;

    /// <summary>Null when <paramref name="node"/> is not a mapping.</summary>
    /// <param name="owner">The owner of the fields in messages, for example <c>A layer</c>.</param>
    /// <param name="shape">The correct spelling in messages, for example <c>{ zh: …, en: … }</c>.</param>
    public static Fields? Read(SourceNode node, string owner, string shape, IReadOnlyList<string> known, DiagnosticBag diagnostics)
    {
        if (node is not SourceMapping mapping)
        {
            if (node is not SourceUnreadable)
            {
                diagnostics.Add(
                    node.Place,
                    $"{Chinese(owner)}要写成键值对，例如 {shape}；现在是{node.Kind.Zh}。",
                    $"{owner} is a mapping such as {shape}; found {node.Kind.En}.");
            }

            return null;
        }

        foreach (var (key, value) in mapping.Entries)
        {
            if (!known.Contains(key.Text))
            {
                var (zh, en) = Unknown(key.Text, value, owner, known);
                diagnostics.Add(key.Place, zh, en);
            }
        }

        return new Fields(mapping, owner, diagnostics);
    }

    public SourceNode? Optional(string name)
    {
        foreach (var (key, value) in _mapping.Entries)
        {
            if (key.Text == name)
            {
                return value;
            }
        }

        return null;
    }

    /// <param name="example">The correct spelling in messages, for example <c>id: lost</c>.</param>
    public SourceNode? Required(string name, string example)
    {
        var value = Optional(name);
        if (value is null)
        {
            _faults.Add(
                Place,
                $"{Chinese(_owner)}缺少“{name}”；请写上，例如 {example}。",
                $"{_owner} needs \"{name}\"; write for example \"{example}\".");
        }

        return value;
    }

    public SourceScalar? RequiredText(string name, string example, int charactersMax) =>
        Required(name, example) is { } value ? Text(value, name, example, charactersMax) : null;

    public SourceScalar? OptionalText(string name, string example, int charactersMax) =>
        Optional(name) is { } value ? Text(value, name, example, charactersMax) : null;

    /// <summary>The items of a list that may not be empty.</summary>
    public IReadOnlyList<SourceNode>? RequiredList(string name, string example)
    {
        switch (Required(name, example))
        {
            case SourceList { Items.Count: > 0 } list:
                return list.Items;
            case SourceList list:
                _faults.Add(list.Place, Empty(name, example).Zh, Empty(name, example).En);
                return null;
            case null or SourceUnreadable:
                return null;
            case { } other:
                _faults.Add(
                    other.Place,
                    $"“{name}”要写成列表，例如 {example}；现在是{other.Kind.Zh}。",
                    $"\"{name}\" is a list such as \"{example}\"; found {other.Kind.En}.");
                return null;
        }
    }

    /// <summary>A text in both languages.</summary>
    public LocalizedText? RequiredNaming(string name, int charactersMax)
    {
        var example = $"{name}: {{ zh: …, en: … }}";
        if (Required(name, example) is not { } value
            || Read(value, $"\"{name}\"", "{ zh: …, en: … }", ["zh", "en"], _faults) is not { } languages)
        {
            return null;
        }

        var zh = languages.RequiredText("zh", "zh: 生命周期", charactersMax);
        var en = languages.RequiredText("en", "en: Lifecycle", charactersMax);
        return zh is null || en is null ? null : new LocalizedText(zh.Text, en.Text);
    }

    private SourceScalar? Text(SourceNode value, string name, string example, int charactersMax)
    {
        switch (value)
        {
            case SourceScalar { IsEmpty: true }:
                _faults.Add(value.Place, Empty(name, example).Zh, Empty(name, example).En);
                return null;
            case SourceScalar scalar when scalar.Text.Length > charactersMax:
                _faults.Add(
                    value.Place,
                    $"“{name}”有 {scalar.Text.Length} 个字符，最多 {charactersMax} 个。",
                    $"\"{name}\" has {scalar.Text.Length} characters; at most {charactersMax} are allowed.");
                return null;
            case SourceScalar scalar:
                return scalar;
            case SourceUnreadable:
                return null;
            default:
                _faults.Add(
                    value.Place,
                    $"“{name}”要写成文字，例如 {example}；现在是{value.Kind.Zh}。",
                    $"\"{name}\" is text such as \"{example}\"; found {value.Kind.En}.");
                return null;
        }
    }

    private static LocalizedText Empty(string name, string example) =>
        new($"“{name}”是空的；请写上，例如 {example}。", $"\"{name}\" is empty; write for example \"{example}\".");

    private static string Chinese(string owner) => owner switch
    {
        "A scheme" => "方案",
        "An audience" => "人群",
        "A layer" => "层级",
        "A rule" => "规则",
        "A condition" => "条件",
        "A tag" => "标签",
        "A file of tags" => "标签文件",
        "A file of points" => "积分文件",
        _ => $"“{owner.Trim('"')}”",
    };

    private static LocalizedText Unknown(string key, SourceNode value, string owner, IReadOnlyList<string> known)
    {
        var list = string.Join(", ", known);
        var near = NearestWord.Clause(key, known);
        var message = new LocalizedText(
            $"{Chinese(owner)}没有“{key}”（可用：{list}）{near.Zh}", $"{owner} has no \"{key}\" (known: {list}){near.En}");

        // In { zh: 首单, en: First, or second } the comma ends the text, and "or second" becomes a key without a value.
        return value is SourceScalar { IsEmpty: true, Width: 0 }
            ? new LocalizedText(
                $"{message.Zh}如果它是前面文字的一部分（文字里有逗号），请给整段文字加上引号。",
                $"{message.En} If it continues a text that holds a comma, put that text in quotes.")
            : message;
    }
}
