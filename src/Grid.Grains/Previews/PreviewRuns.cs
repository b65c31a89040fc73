using System.Threading.RateLimiting;
using Grid.Grains.Populations;
using Grid.Grains.Rules;
using Grid.Model;
using Grid.Model.Schemes;

namespace Grid.Grains.Previews;

/// <summary>Previews rulebooks on the whole population without publishing them, one at a time, because each run takes every processor.</summary>
public sealed class PreviewRuns(IGrainFactory grains, PopulationScan population, Currency currency) : IDisposable
{
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions { PermitLimit = 1 });

    /// <summary>Null while another run is under way.</summary>
    /// <param name="files">Compiled without a fault.</param>
    /// <param name="content">The compiled content of the files.</param>
    public PreviewRun? TryBegin(IReadOnlyList<SchemeSource> files, RulebookContent content)
    {
        var lease = _limiter.AttemptAcquire();
        return lease.IsAcquired ? new PreviewRun(grains, population, currency, files, content, lease) : null;
    }

    public void Dispose() => _limiter.Dispose();
}
