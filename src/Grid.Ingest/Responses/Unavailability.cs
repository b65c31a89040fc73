using Grid.Grains.Customers;
using Grid.Ledger;
using Grid.Model.Schemes.Definitions;
using Microsoft.AspNetCore.Http;

namespace Grid.Ingest.Responses;

/// <summary>Distinguishes unavailable storage or an unavailable silo from a bug, in one place for events, queries and publications.</summary>
public static class Unavailability
{
    /// <summary>The title of every answer with 503.</summary>
    public static LocalizedText Title { get; } = new("服务器不可用", "The server is unavailable");

    /// <summary>The reason for the unavailability; null when <paramref name="exception"/> has another cause.</summary>
    /// <param name="passes">Whether the same request may succeed later.</param>
    public static LocalizedText? Reason(Exception exception, out bool passes)
    {
        passes = true;
        switch (exception)
        {
            case LedgerException { Kind: FailureKind.Temporary }:
                return new LocalizedText(
                    "账本不可用。请重新发送同一请求；已经持久化的事件只计一次。",
                    "The ledger is unavailable. Send the same request again; an event that is already durable counts once.");
            case LedgerException { Customer: { } customer }:
                passes = false;
                return new LocalizedText(
                    $"用户 {customer} 存储的数据行已损坏，需要修复；请查看运维手册（runbook）。",
                    $"The stored row of customer {customer} is damaged and needs repair; see the runbook.");
            case LedgerException:
                passes = false;
                return new LocalizedText("账本需要修复；请查看运维手册（runbook）。", "The ledger needs repair; see the runbook.");
            case TimeoutException:
                return new LocalizedText(
                    "请求用时过长。请重新发送；已经持久化的事件只计一次。",
                    "The request took too long. Send it again; an event that is already durable counts once.");
            case StaleCustomerException:
                return new LocalizedText(
                    "另一台服务器接管了其中的用户。请重新发送同一请求。", "Another server took over a customer. Send the same request again.");

            // An activation that cannot load its row rejects its calls; the failure of the row is an inner exception of the rejection.
            case OrleansException { InnerException: LedgerException ledger }:
                return Reason(ledger, out passes);
            case OrleansException:
                return new LocalizedText(
                    "服务器正在启动、正在停止或已满。请重新发送同一请求。", "The server is starting, stopping or full. Send the same request again.");
            default:
                return null;
        }
    }

    /// <summary>Null when the exception does not concern availability.</summary>
    internal static Problem? From(Exception exception, IngestOptions options) => Reason(exception, out var passes) is { } reason
        ? new Problem(StatusCodes.Status503ServiceUnavailable, Title, reason, null, passes ? options.RetryAfterSeconds : null)
        : null;
}
