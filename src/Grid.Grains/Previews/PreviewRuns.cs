using Grid.Grains.Populations;
using Grid.Grains.Rules;
using Grid.Model;
using Grid.Model.Schemes;

namespace Grid.Grains.Previews;

/// <summary>Tries rulebooks out on the whole population without publishing them, one at a time, because each trial takes every processor.</summary>
public sealed class PreviewRuns(IGrainFactory grains, PopulationScan population, Currency currency) : IDisposable
{
    private readonly SemaphoreSlim _lock = new(1, 1);

    /// <summary>Null while another one is tried out.</summary>
    /// <param name="files">Compiled without a fault.</param>
    /// <param name="content">What they were compiled to.</param>
    public PreviewRun? TryBegin(IReadOnlyList<SchemeSource> files, RulebookContent content)
    {
        if (!_lock.Wait(TimeSpan.Zero)) return null;
        return new PreviewRun(grains, population, currency, files, content, _lock);
    }

    public void Dispose() => _lock.Dispose();
}
