using Grid.Model.Schemes.Definitions;

namespace Grid.Model.Schemes.Files;

/// <summary>Collects what is wrong with one file, so that its author sees everything at once.</summary>
internal sealed class FaultLog(string file)
{
    private readonly List<Fault> _faults = [];
    private readonly List<Fault> _warnings = [];

    public string File { get; } = file;

    public int Count => _faults.Count;

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<Fault> Faults => InOrder(_faults);

    /// <inheritdoc cref="Faults"/>
    public IReadOnlyList<Fault> Warnings => InOrder(_warnings);

    public Place At(int line, int column) => new(File, line, column);

    public void Add(Place place, string message) => AddTo(_faults, place, message);

    public void Warn(Place place, string message) => AddTo(_warnings, place, message);

    private static void AddTo(List<Fault> list, Place place, string message)
    {
        if (list.Count < SchemeFileLimits.FaultsMax)
        {
            list.Add(new Fault(place, message));
        }
        else if (list.Count == SchemeFileLimits.FaultsMax)
        {
            list.Add(new Fault(place, $"More than {SchemeFileLimits.FaultsMax} are not listed; mend those above first."));
        }
    }

    // A stable sort: what was found first at a place stays first.
    private static IReadOnlyList<Fault> InOrder(List<Fault> list) =>
        [.. list.OrderBy(fault => fault.Place.Line).ThenBy(fault => fault.Place.Column)];
}
