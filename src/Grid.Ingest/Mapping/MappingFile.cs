using System.Text;
using Grid.Ingest.Calls;
using Grid.Model;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Grid.Ingest.Mapping;

/// <summary>Reads a mapping file and collects its errors, so that all of them are reported at once.</summary>
internal sealed class MappingFile
{
    private const int MistakesMax = 50;

    private static readonly Dictionary<string, FactName> Facts =
        Enum.GetValues<FactName>().ToDictionary(name => Kebab(name.ToString()), StringComparer.Ordinal);

    private static readonly Dictionary<string, Field> PropertyFields =
        Enum.GetValues<Field>().Where(field => field is >= Field.OrderId and <= Field.Source)
            .ToDictionary(field => Kebab(field.ToString()), StringComparer.Ordinal);

    private readonly string _file;
    private readonly List<string> _mistakes = [];

    private MappingFile(string file) => _file = file;

    public static void Read(string file, string yaml, Dictionary<string, EventRule> events, Dictionary<string, Field> properties)
    {
        var reading = new MappingFile(file);
        reading.Root(yaml, events, properties);
        if (reading._mistakes.Count > 0) throw new MappingException(reading._mistakes);
    }

    private void Root(string yaml, Dictionary<string, EventRule> events, Dictionary<string, Field> properties)
    {
        if (Encoding.UTF8.GetByteCount(yaml) > IngestLimits.MappingFileBytesMax)
        {
            Mistake(Mark.Empty, $"the file is longer than {IngestLimits.MappingFileBytesMax} bytes");
            return;
        }

        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException exception)
        {
            Mistake(exception.Start, $"not readable as YAML: {exception.Message}");
            return;
        }

        if (stream.Documents.Count == 0) return;
        if (stream.Documents.Count > 1) Mistake(stream.Documents[1].RootNode.Start, "only one document is expected");
        foreach (var (name, value) in Entries(stream.Documents[0].RootNode, "the file"))
        {
            switch (name.Value)
            {
                case "events":
                    foreach (var (eventName, rule) in Entries(value, "events")) Event(eventName, rule, events);
                    break;
                case "properties":
                    foreach (var (property, names) in Entries(value, "properties")) Property(property, names, properties);
                    break;
                default:
                    Mistake(name.Start, $"'{name.Value}' is unknown here; expected events or properties");
                    break;
            }
        }
    }

    private void Event(YamlScalarNode name, YamlNode value, Dictionary<string, EventRule> events)
    {
        if (!IsName(name)) return;
        FactName? fact = null;
        YamlScalarNode? kind = null;
        foreach (var (key, entry) in Entries(value, $"event '{name.Value}'"))
        {
            if (key.Value is not ("fact" or "kind"))
                Mistake(key.Start, $"'{key.Value}' is unknown here; expected fact or kind");
            else if (entry is not YamlScalarNode { Value: { } text } scalar)
                Mistake(entry.Start, $"{key.Value} is expected to be a name");
            else if (key.Value == "kind")
                kind = scalar;
            else if (Facts.TryGetValue(text, out var known))
                fact = known;
            else
                Mistake(entry.Start, $"fact '{text}' is unknown; expected one of {string.Join(", ", Facts.Keys)}");
        }

        if (value is not YamlMappingNode mapping) return;
        if (fact is null && !mapping.Children.ContainsKey("fact")) Mistake(value.Start, $"event '{name.Value}' has no fact");
        if (fact == FactName.Interaction && kind is null) Mistake(value.Start, $"event '{name.Value}' has no kind of interaction");
        if (fact is not null and not FactName.Interaction && kind is not null) Mistake(kind.Start, "only an interaction has a kind");
        if (kind is not null && !IsKebab(kind.Value!))
            Mistake(kind.Start, $"kind '{kind.Value}' is not in kebab-case of at most {Limits.NameBytesMax} characters");
        if (fact is { } found) events[name.Value!] = new EventRule(found, kind?.Value);
    }

    private void Property(YamlScalarNode property, YamlNode value, Dictionary<string, Field> properties)
    {
        if (!PropertyFields.TryGetValue(property.Value!, out var field))
        {
            Mistake(property.Start, $"property '{property.Value}' is unknown; expected one of {string.Join(", ", PropertyFields.Keys)}");
        }
        else if (value is not YamlSequenceNode names)
        {
            Mistake(value.Start, $"property '{property.Value}' is expected to be a list of names");
        }
        else
        {
            foreach (var node in names)
            {
                if (node is not YamlScalarNode name) Mistake(node.Start, "a name is expected");
                else if (!IsName(name)) continue;
                else if (properties.TryGetValue(name.Value!, out var taken) && taken != field)
                    Mistake(name.Start, $"'{name.Value}' already means {Kebab(taken.ToString())}");
                else properties[name.Value!] = field;
            }
        }
    }

    private IEnumerable<(YamlScalarNode Name, YamlNode Value)> Entries(YamlNode node, string what)
    {
        if (node is not YamlMappingNode mapping)
        {
            Mistake(node.Start, $"{what} is expected to be a mapping of names to values");
            yield break;
        }

        foreach (var (key, value) in mapping)
        {
            if (key is YamlScalarNode name) yield return (name, value);
            else Mistake(key.Start, "a name is expected");
        }
    }

    private bool IsName(YamlScalarNode node)
    {
        var size = Encoding.UTF8.GetByteCount(node.Value ?? "");
        if (size is > 0 and <= Limits.NameBytesMax) return true;
        Mistake(node.Start, $"a name has 1 to {Limits.NameBytesMax} bytes, this one has {size}");
        return false;
    }

    private void Mistake(Mark at, string what)
    {
        if (_mistakes.Count < MistakesMax) _mistakes.Add($"{_file}:{at.Line}:{at.Column}: {what}");
    }

    private static bool IsKebab(string text) =>
        text.Length is > 0 and <= Limits.NameBytesMax && text[0] != '-' && text[^1] != '-' && !text.Contains("--", StringComparison.Ordinal)
        && text.All(character => character is '-' or (>= 'a' and <= 'z') or (>= '0' and <= '9'));

    private static string Kebab(string pascal)
    {
        var text = new StringBuilder();
        foreach (var character in pascal)
        {
            if (char.IsUpper(character) && text.Length > 0) text.Append('-');
            text.Append(char.ToLowerInvariant(character));
        }

        return text.ToString();
    }
}
