using System.Globalization;
using Grid.Tests.House;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Grid.Tests.Deployment;

/// <summary>A part of a YAML document, by its path. A missing part is an empty tree, whose text is null.</summary>
internal readonly struct Tree
{
    private readonly object? _value;

    private Tree(object? value) => _value = value;

    public bool Exists => _value is not null;

    public string? Text => _value as string;

    /// <exception cref="FormatException">The value is missing or no whole number.</exception>
    public int Number => int.Parse(Text ?? throw new FormatException("A number is missing."), CultureInfo.InvariantCulture);

    public IReadOnlyList<Tree> Items => _value is List<object?> items ? [.. items.Select(item => new Tree(item))] : [];

    public IReadOnlyList<string> Texts => [.. Items.Select(item => item.Text ?? throw new FormatException("An item is no text."))];

    public IReadOnlyList<KeyValuePair<string, Tree>> Entries =>
        _value is Dictionary<object, object?> map ? [.. map.Select(entry => KeyValuePair.Create((string)entry.Key, new Tree(entry.Value)))] : [];

    public IReadOnlyDictionary<string, string> Map => Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Text ?? "", StringComparer.Ordinal);

    public Tree this[string path]
    {
        get
        {
            var value = _value;
            foreach (var key in path.Split('/')) value = value is Dictionary<object, object?> map ? map.GetValueOrDefault(key) : null;
            return new Tree(value);
        }
    }

    /// <summary>The documents of a file, with merged mappings expanded. A duplicate key is an error of the parser.</summary>
    public static IReadOnlyList<Tree> Read(string path) => Parse(File.ReadAllText(Path.Combine(Repository.Root, path)));

    /// <summary>The documents of a text, as those of a file.</summary>
    public static IReadOnlyList<Tree> Parse(string text)
    {
        var documents = new List<Tree>();
        using var reader = new StringReader(text);
        var parser = new MergingParser(new Parser(reader));
        var deserializer = new DeserializerBuilder().WithDuplicateKeyChecking().Build();
        parser.Consume<StreamStart>();
        while (parser.Accept<DocumentStart>(out _)) documents.Add(new Tree(deserializer.Deserialize<object?>(parser)));
        return documents;
    }

    public static Tree ReadOne(string path) => Read(path).Single();
}
