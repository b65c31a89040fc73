using Grid.Model.Schemes.Definitions;

namespace Grid.Rulebooks.Reading;

/// <summary>Collects the mistakes of one file, so that its author sees all of them at once.</summary>
internal sealed class DiagnosticBag(string file)
{
    private readonly List<Diagnostic> _faults = [];
    private readonly List<Diagnostic> _warnings = [];

    public string File { get; } = file;

    public int Count => _faults.Count;

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<Diagnostic> Faults => InOrder(_faults);

    /// <inheritdoc cref="Faults"/>
    public IReadOnlyList<Diagnostic> Warnings => InOrder(_warnings);

    public Place At(int line, int column) => new(File, line, column);

    public void Add(Place place, string zh, string en) => AddTo(_faults, new Diagnostic(place, zh, en));

    public void Warn(Place place, string zh, string en) => AddTo(_warnings, new Diagnostic(place, zh, en));

    private static void AddTo(List<Diagnostic> list, Diagnostic diagnostic)
    {
        if (list.Count < SchemeFileLimits.FaultsMax)
        {
            list.Add(diagnostic);
        }
        else if (list.Count == SchemeFileLimits.FaultsMax)
        {
            list.Add(new Diagnostic(
                diagnostic.Place,
                $"超过 {SchemeFileLimits.FaultsMax} 条的不再列出；请先改好上面的。",
                $"More than {SchemeFileLimits.FaultsMax} are not listed; mend those above first."));
        }
    }

    // A stable sort: mistakes at the same place keep the order in which they were found.
    private static IReadOnlyList<Diagnostic> InOrder(List<Diagnostic> list) =>
        [.. list.OrderBy(diagnostic => diagnostic.Place.Line).ThenBy(diagnostic => diagnostic.Place.Column)];
}
