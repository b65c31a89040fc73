using Grid.Ingest.Calls;

namespace Grid.Ingest.Mapping;

/// <summary>Maps event names to facts, and names of properties to fields. Compiled once; immutable.</summary>
public sealed class EventMapping
{
    private readonly Utf8Lookup<EventRule> _events;

    internal EventMapping(Dictionary<string, EventRule> events, Dictionary<string, Field> properties)
    {
        _events = new Utf8Lookup<EventRule>(events);
        Events = events;
        Properties = properties;
    }

    internal IReadOnlyDictionary<string, EventRule> Events { get; }

    internal IReadOnlyDictionary<string, Field> Properties { get; }

    /// <summary>The shipped mapping: the names of the Segment e-commerce spec and of a community.</summary>
    public static EventMapping Shipped { get; } = ReadShipped();

    /// <summary>The kinds of interaction that the mapping gives, for checking rules against them.</summary>
    public IReadOnlyCollection<string> InteractionKinds =>
        [.. Events.Values.Where(rule => rule.Kind is not null).Select(rule => rule.Kind!).Distinct(StringComparer.Ordinal)];

    /// <summary>This mapping, extended and overridden by a brand's own file.</summary>
    /// <exception cref="MappingException">The file has mistakes, each with file, line and column.</exception>
    public EventMapping With(string file, string yaml)
    {
        var events = new Dictionary<string, EventRule>(Events, StringComparer.Ordinal);
        var properties = new Dictionary<string, Field>(Properties, StringComparer.Ordinal);
        MappingFile.Read(file, yaml, events, properties);
        return new EventMapping(events, properties);
    }

    internal bool TryFind(ReadOnlySpan<byte> eventName, out EventRule rule) => _events.TryFind(eventName, out rule);

    private static EventMapping ReadShipped()
    {
        using var stream = typeof(EventMapping).Assembly.GetManifestResourceStream("mapping.yaml")!;
        using var reader = new StreamReader(stream);
        return new EventMapping([], []).With("mapping.yaml", reader.ReadToEnd());
    }
}

/// <summary>A mapping file with mistakes; the message has one line for each mistake: <c>file:line:column: what</c>.</summary>
public sealed class MappingException(IReadOnlyList<string> mistakes) : Exception(string.Join('\n', mistakes))
{
    public IReadOnlyList<string> Mistakes { get; } = mistakes;
}
