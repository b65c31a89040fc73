using Grid.Grains.Audits;
using Grid.Grains.Calls;
using Grid.Grains.Customers;
using Grid.Grains.Log;
using Grid.Grains.Partitions;
using Grid.Grains.Populations;
using Grid.Grains.Rules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Grid.Grains;

/// <summary>Registers the services of the grains in a silo, except the ledger, the clock, the currency and the pace.</summary>
public static class GridActors
{
    public static IServiceCollection AddGridActors(this IServiceCollection services)
    {
        services.AddSingleton<CurrentRules>().AddSingleton<RulesSynchronizer>().AddSingleton<RulebookPublisher>().AddSingleton<RulesServices>();
        services.AddSingleton<LocalPartitions>().AddSingleton<MeasureCache>().AddSingleton<PartitionServices>().AddSingleton<PartitionTurns>();
        services.AddSingleton<PartitionBalance>().AddSingleton<LogReaderServices>();
        services.AddSingleton<Population>().AddSingleton<PopulationScan>();
        services.AddSingleton<IRulesSource, RulesInSilo>().AddSingleton<InFlightEvents>().AddSingleton<CustomerServices>();
        services.AddSingleton(static silo => new IdleCustomers(silo.GetRequiredService<CustomerServices>(), silo.GetRequiredService<ICustomerMemory>()));
        services.AddSingleton<SiloLifetime>().AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(static silo => silo.GetRequiredService<SiloLifetime>());
        services.AddSingleton<Auditor>().AddSingleton<GridStart>();
        services.TryAddSingleton<ICustomerMemory, UnboundedCustomerMemory>();
        services.TryAddSingleton(new BaselineSchedule(TimeSpan.Zero));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<GrainCalls>().AddSingleton<SiloDeaths>().AddHostedService(static provider => provider.GetRequiredService<SiloDeaths>());
        return services;
    }
}
