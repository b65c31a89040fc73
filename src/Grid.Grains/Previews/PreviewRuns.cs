using Grid.Grains.Populations;
using Grid.Grains.Rules;
using Grid.Model;
using Grid.Model.Schemes;

namespace Grid.Grains.Previews;

/// <summary>Previews rulebooks on the whole population without publishing them, one at a time, because each run takes every processor.</summary>
public sealed class PreviewRuns(IGrainFactory grains, PopulationScan population, Currency currency) : IDisposable
{
    private readonly SemaphoreSlim _lock = new(1, 1);

    /// <summary>Null while another run is under way.</summary>
    /// <param name="files">Compiled without a fault.</param>
    /// <param name="content">The compiled content of the files.</param>
    public PreviewRun? TryBegin(IReadOnlyList<SchemeSource> files, RulebookContent content)
    {
        if (!_lock.Wait(TimeSpan.Zero)) return null;
        return new PreviewRun(grains, population, currency, files, content, _lock);
    }

    public void Dispose() => _lock.Dispose();
}
