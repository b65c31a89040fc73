using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace Grid.Api.Hubs;

/// <summary>
/// Logs failures in the hub. SignalR itself would log each refusal as a failure with a stack, although the client receives the reason; the server
/// therefore silences SignalR's own log (<see cref="Silenced"/>).
/// </summary>
internal sealed partial class HubFailures(ILogger<HubFailures> logger) : IHubFilter
{
    /// <summary>The category that SignalR logs failed calls and streams to.</summary>
    public const string Silenced = "Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher";

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Note(invocationContext.HubMethodName, exception);
            throw;
        }
    }

    /// <summary>A <see cref="HubException"/> is a refusal, and no failure.</summary>
    public void Note(string what, Exception exception)
    {
        if (exception is HubException) Refused(logger, what, exception.Message);
        else Failed(logger, what, exception);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The hub refused {What}: {Reason}")]
    private static partial void Refused(ILogger logger, string what, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The hub failed at {What}.")]
    private static partial void Failed(ILogger logger, string what, Exception exception);
}
