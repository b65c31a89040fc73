using Grid.Model;
using Grid.Model.Baselines;
using Grid.Model.Schemes;
using Grid.Rulebooks.Compiling;

namespace Grid.Grains.Rules;

/// <summary>
/// The measures of rulebooks that are about to be published, compiled once for all partitions of a silo: compiling takes some hundred
/// milliseconds.
/// </summary>
public sealed class MeasureCache(Currency currency)
{
    private readonly Lock _gate = new();

    // The newest last.
    private readonly List<(string Key, IReadOnlyList<Measure> Measures)> _kept = [];

    /// <param name="files">Files that compiled without a fault before.</param>
    public IReadOnlyList<Measure> Of(IReadOnlyList<SchemeSource> files)
    {
        var key = RulebookFiles.KeyOf(files);
        lock (_gate)
        {
            var known = _kept.FindIndex(kept => kept.Key == key);
            if (known >= 0) return _kept[known].Measures;
            var content = RulebookFiles.CompileStored(files, currency, ConditionLanguage.Current).Content
                ?? throw new InvalidDataException("The files of the rulebook cannot be compiled.");
            if (_kept.Count == GridLimits.CompiledRulebooksKeptMax) _kept.RemoveAt(0);
            _kept.Add((key, new Rulebook(0, default, content).Measures));
            return _kept[^1].Measures;
        }
    }
}
