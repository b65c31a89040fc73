using Grid.Model.Facts;

namespace Grid.Model.Customers;

/// <summary>
/// Two facts that contradict each other at one instant: the later received stands. It keeps the keys of those that it has replaced, so that none of
/// them takes its place when it is delivered again.
/// </summary>
internal static class Ties
{
    /// <summary>The latest replaced keys are kept; a message that repeats one of the earlier ones would stand again.</summary>
    public const int ReplacedMax = 16;

    /// <param name="replaced">The keys that an entry has replaced; null for none.</param>
    public static bool Holds(MessageKey[]? replaced, MessageKey key) => replaced is not null && Array.IndexOf(replaced, key) >= 0;

    /// <summary>The keys that an entry has replaced together with a further one.</summary>
    public static MessageKey[] Add(MessageKey[]? replaced, MessageKey key)
    {
        if (replaced is null) return [key];
        return replaced.Length < ReplacedMax ? [.. replaced, key] : [.. replaced[1..], key];
    }

    public static MessageKey[]? Add(MessageKey[]? replaced, MessageKey[]? further)
    {
        foreach (var key in further ?? []) replaced = Add(replaced, key);
        return replaced;
    }
}

/// <summary>An attribute with a name, of which the customer has one.</summary>
internal interface INamedEntry<T>
{
    string Name { get; }

    Time.Instant At { get; }

    MessageKey Key { get; }

    /// <summary>The keys of the messages that it has replaced at the same instant; null for none.</summary>
    MessageKey[]? Replaced { get; }

    T With(MessageKey[] replaced);
}
