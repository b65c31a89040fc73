using Grid.Model.Schemes.Definitions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Grid.Rulebooks.Reading.Sources;

/// <summary>
/// Builds nodes from YAML events. The library's representation model stops at the first duplicate key, follows aliases, and recurses without limit.
/// Here duplicate keys and aliases are faults with their place, and depth and size are bounded.
/// </summary>
internal sealed class SourceTree
{
    private const string NotYaml = "This is not YAML";
    private const string Advice = "mend the indentation or brackets, or quote a text that begins with a sign or holds a colon or comma.";
    private const string NotYamlChinese = "这不是正确的 YAML";
    private const string AdviceChinese = "请检查缩进和括号；以符号开头、或含有冒号或逗号的文字请加引号。";
    private readonly Scanner _scanner;
    private readonly Parser _parser;
    private readonly DiagnosticBag _faults;
    private int _depth;
    private int _nodes;

    private SourceTree(string text, DiagnosticBag diagnostics)
    {
        _scanner = new Scanner(new StringReader(text));
        _parser = new Parser(_scanner);
        _faults = diagnostics;
    }

    /// <summary>The one document of the file, or null with the faults logged.</summary>
    public static SourceNode? Read(string text, DiagnosticBag diagnostics)
    {
        var tree = new SourceTree(text, diagnostics);
        try
        {
            return tree.ReadDocument();
        }
        catch (YamlException exception)
        {
            diagnostics.Add(
                tree.PlaceOf(exception.Start),
                $"{NotYamlChinese}（{exception.Message.TrimEnd('.')}）；{AdviceChinese}",
                $"{NotYaml}: {exception.Message.TrimEnd('.')}; {Advice}");
        }
        catch (InvalidOperationException)
        {
            // For some characters at the beginning of a text (@, a backtick) the scanner throws this instead of its own exception.
            diagnostics.Add(
                tree.PlaceOf(tree._scanner.CurrentPosition),
                $"{NotYamlChinese}；{AdviceChinese}",
                $"{NotYaml}; {Advice}");
        }

        return null;
    }

    private Place PlaceOf(Mark mark) => _faults.At((int)mark.Line, (int)mark.Column);

    private SourceNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.Accept<DocumentStart>(out _))
        {
            _faults.Add(
                _faults.At(1, 1),
                "文件是空的；方案以“id:”开头。",
                "The file is empty; a scheme begins with \"id:\".");
            return null;
        }

        _parser.Consume<DocumentStart>();
        var root = ReadNode();
        if (root is null)
        {
            return null;
        }

        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
        {
            _faults.Add(
                PlaceOf(second.Start),
                "这里开始了第二个文档；一个文件写一个方案。",
                "A second document begins here; write one scheme a file.");
            return null;
        }

        return root;
    }

    /// <summary>Null when the reader must stop here.</summary>
    private SourceNode? ReadNode()
    {
        var start = _parser.Current!;
        var place = PlaceOf(start.Start);
        if (++_nodes > SchemeFileLimits.NodesMax)
        {
            _faults.Add(
                place,
                $"文件里的值超过 {SchemeFileLimits.NodesMax} 个；一个文件写一个方案。",
                $"The file has more than {SchemeFileLimits.NodesMax} values; write one scheme a file.");
            return null;
        }

        if (start is MappingStart or SequenceStart && _depth == SchemeFileLimits.DepthMax)
        {
            _faults.Add(
                place,
                $"列表和键值对嵌套超过 {SchemeFileLimits.DepthMax} 层；请减少嵌套。",
                $"Lists and mappings stand more than {SchemeFileLimits.DepthMax} deep in one another; flatten them.");
            return null;
        }

        var isRefused = RefusesAnchorOrTag(start, place);
        _depth++;
        SourceNode? node = start switch
        {
            MappingStart => ReadMapping(place),
            SequenceStart => ReadList(place),
            Scalar scalar => ReadScalar(scalar, place),
            _ => ReadAlias(place),
        };
        _depth--;
        return isRefused && node is SourceScalar ? new SourceUnreadable(place) : node;
    }

    private bool RefusesAnchorOrTag(ParsingEvent start, Place place)
    {
        if (start is not NodeEvent node)
        {
            return false;
        }

        var before = _faults.Count;
        if (!node.Anchor.IsEmpty)
        {
            _faults.Add(
                place,
                $"这里不支持锚点“&{node.Anchor.Value}”；请在用到的地方把值写出来。",
                $"The anchor \"&{node.Anchor.Value}\" is not understood here; write the value out where it is used.");
        }

        if (!node.Tag.IsEmpty && node.Tag.Value != "!")
        {
            _faults.Add(
                place,
                $"这里不支持 YAML 标记“{node.Tag.Value}”；请去掉。",
                $"The tag \"{node.Tag.Value}\" is not understood here; leave it out.");
        }

        return _faults.Count > before;
    }

    private SourceUnreadable ReadAlias(Place place)
    {
        var alias = _parser.Consume<AnchorAlias>();
        _faults.Add(
            place,
            $"这里不支持别名“*{alias.Value.Value}”；请把值写出来。",
            $"The alias \"*{alias.Value.Value}\" is not understood here; write the value out.");
        return new SourceUnreadable(place);
    }

    private SourceScalar ReadScalar(Scalar scalar, Place place)
    {
        _parser.MoveNext();
        var writing = scalar.Style switch
        {
            _ when scalar.Start.Line != scalar.End.Line => Writing.Several,
            ScalarStyle.SingleQuoted => Writing.SingleQuoted,
            ScalarStyle.DoubleQuoted => Writing.DoubleQuoted,
            ScalarStyle.Literal or ScalarStyle.Folded => Writing.Several,
            _ => Writing.Plain,
        };
        return new SourceScalar(scalar.Value, writing, (int)(scalar.End.Column - scalar.Start.Column), place);
    }

    private SourceList? ReadList(Place place)
    {
        _parser.Consume<SequenceStart>();
        List<SourceNode> items = [];
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            if (ReadNode() is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return new SourceList(items, place);
    }

    private SourceMapping? ReadMapping(Place place)
    {
        _parser.Consume<MappingStart>();
        List<SourceEntry> entries = [];
        Dictionary<string, Place> seen = [];
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (ReadNode() is not { } key || ReadNode() is not { } value)
            {
                return null;
            }

            if (key is not SourceScalar name)
            {
                _faults.Add(
                    key.Place,
                    $"键要写成一个词；现在是{key.Kind.Zh}。",
                    $"A key is a word; found {key.Kind.En}.");
            }
            else if (seen.TryGetValue(name.Text, out var first))
            {
                _faults.Add(
                    key.Place,
                    $"“{name.Text}”已在第 {first.Line} 行写过；请只保留一个。",
                    $"\"{name.Text}\" is already given in line {first.Line}; keep one of them.");
            }
            else
            {
                seen.Add(name.Text, name.Place);
                entries.Add(new SourceEntry(name, value));
            }
        }

        return new SourceMapping(entries, place);
    }
}
