using Grid.Model.Schemes.Definitions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Grid.Server.Observability;

/// <summary>Why a health check fails, in each language of operators. ASP.NET Core's own result holds one text.</summary>
internal sealed record UnhealthyReason(LocalizedText Title, LocalizedText Detail)
{
    private const string Key = "reason";

    public HealthCheckResult ToResult(Exception? failure = null) =>
        HealthCheckResult.Unhealthy(Title.En, failure, new Dictionary<string, object> { [Key] = this });

    /// <summary>The reason that a check gave; a check that throws has given none.</summary>
    public static UnhealthyReason From(HealthReportEntry entry)
    {
        if (entry.Data.TryGetValue(Key, out var reason)) return (UnhealthyReason)reason;
        var (title, detail) = (entry.Description ?? string.Empty, entry.Exception?.Message ?? string.Empty);
        return new UnhealthyReason(new LocalizedText($"健康检查失败：{title}", title), new LocalizedText($"请查看服务器日志：{detail}", detail));
    }
}
