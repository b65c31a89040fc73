using System.Reflection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Grid.Server.Silos;

/// <summary>
/// Makes Orleans' dashboard read the silo's instruments once a minute. By default it reads them every second, even without a viewer, and one of them
/// iterates all activations under the lock that a new activation needs. See decision 0020.
/// </summary>
internal static class DashboardInstruments
{
    private const string Host = "Orleans.Dashboard.DashboardHost";
    private const string Interval = "ExportIntervalMilliseconds";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <param name="services">The services, with the dashboard already added.</param>
    /// <exception cref="InvalidOperationException">This version of the dashboard has no such interval.</exception>
    public static void ReadEachMinute(IServiceCollection services)
    {
        var host = services.FirstOrDefault(service => service.ServiceType.FullName == Host)?.ServiceType;
        var interval = host?.GetProperty(Interval, BindingFlags.Instance | BindingFlags.NonPublic);
        if (host is null || interval is null)
            throw new InvalidOperationException($"Orleans.Dashboard has no {Host}.{Interval} any more: see decision 0020.");
        services.Replace(ServiceDescriptor.Singleton(host, provider =>
        {
            var made = ActivatorUtilities.CreateInstance(provider, host);
            interval.SetValue(made, (int)Minute.TotalMilliseconds);
            return made;
        }));
    }
}
