namespace Grid.Rulebooks.Reading;

/// <summary>Every bound of a scheme file, its unit last. A file beyond a bound is refused, with the place.</summary>
internal static class SchemeFileLimits
{
    public const int FileBytesMax = 128 * 1024;

    /// <summary>Depth of nested lists and mappings.</summary>
    public const int DepthMax = 24;

    /// <summary>Scalars, lists and mappings of one file.</summary>
    public const int NodesMax = 16 * 1024;

    public const int RulesMax = 256;

    /// <summary>Conditions and comparisons of one scheme.</summary>
    public const int ConditionsMax = 1024;

    public const int ComparisonCharactersMax = 512;

    public const int ArgumentsMax = 32;

    /// <summary>Values of one <c>in [a, b]</c>.</summary>
    public const int ValuesMax = 128;

    public const int NameCharactersMax = 100;

    /// <summary>Length of a description or a playbook in one language.</summary>
    public const int ProseCharactersMax = 2000;

    /// <summary>Errors (and as many warnings) of one file; the last one states that more were left out.</summary>
    public const int FaultsMax = 100;
}
