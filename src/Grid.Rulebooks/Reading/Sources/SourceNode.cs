using Grid.Model.Schemes.Definitions;

namespace Grid.Rulebooks.Reading.Sources;

/// <summary>A piece of a file with its place.</summary>
internal abstract record SourceNode(Place Place)
{
    /// <summary>The kind of the node, for a sentence such as "expected a list, found …".</summary>
    public abstract LocalizedText Kind { get; }
}

/// <summary>The style of a scalar, as far as its columns depend on it.</summary>
internal enum Writing
{
    Plain,
    SingleQuoted,
    DoubleQuoted,

    /// <summary>A block (<c>|</c>, <c>&gt;</c>) or several lines: columns inside it are unknown.</summary>
    Several,
}

internal sealed record SourceScalar(string Text, Writing Writing, int Width, Place Place) : SourceNode(Place)
{
    public override LocalizedText Kind => IsEmpty ? new LocalizedText("空", "nothing") : new LocalizedText("文字", "text");

    public bool IsEmpty => Writing == Writing.Plain && Text is "" or "~" or "null" || string.IsNullOrWhiteSpace(Text);
}

internal sealed record SourceList(IReadOnlyList<SourceNode> Items, Place Place) : SourceNode(Place)
{
    public override LocalizedText Kind => new("列表", "a list");
}

internal sealed record SourceMapping(IReadOnlyList<SourceEntry> Entries, Place Place) : SourceNode(Place)
{
    public override LocalizedText Kind => new("键值对", "a mapping");
}

/// <summary>Replaces a node whose fault is logged already, so that no second fault follows from it.</summary>
internal sealed record SourceUnreadable(Place Place) : SourceNode(Place)
{
    public override LocalizedText Kind => new("无法读取的内容", "something unreadable");
}

internal readonly record struct SourceEntry(SourceScalar Key, SourceNode Value);
