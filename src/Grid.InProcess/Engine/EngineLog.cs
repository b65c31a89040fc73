using Grid.InProcess.Turns;
using Microsoft.Extensions.Logging;

namespace Grid.InProcess.Engine;

/// <summary>What the engine has to say to its operator.</summary>
internal sealed class EngineLog(ILogger<GrainEngine> logger)
{
    internal void ThrownInTurn(Activation activation, Exception exception) =>
        logger.LogError(exception, "Something posted to {Grain} threw.", activation);

    internal void ActivationFailed(Activation activation, Exception exception) =>
        logger.LogWarning(exception, "{Grain} could not be activated; its callers were told, the next call tries again.", activation);

    internal void DeactivationFailed(Activation activation, Exception exception) =>
        logger.LogWarning(exception, "{Grain} did not deactivate cleanly and was let go.", activation);

    internal void TimerFailed(Activation activation, Exception exception) =>
        logger.LogError(exception, "A timer of {Grain} failed; it ticks on.", activation);

    internal void Shed(int count, int residents) =>
        logger.LogInformation("{Residents} grains are in memory: letting go of the {Count} longest idle.", residents, count);

    internal void StillActive(int count) =>
        logger.LogWarning("{Count} grains were still active when the time to stop was over.", count);

    internal async Task Observe(Task call, GrainReference target, string method)
    {
        try
        {
            await call;
        }
        catch (Exception exception)
        {
            logger.LogWarning(exception, "The one-way call {Grain}.{Method} failed.", target, method);
        }
    }
}
