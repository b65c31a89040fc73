using Grid.Grains.Audits;
using Grid.Grains.Baselines;
using Grid.Grains.Calendars;
using Grid.Grains.Customers;
using Grid.Grains.Populations;
using Grid.Grains.Rulebooks;
using Grid.Grains.Segments;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Grid.Grains;

/// <summary>What the grains need in each process beside a ledger, a clock and a currency.</summary>
public static class GridActors
{
    public static IServiceCollection AddGridActors(this IServiceCollection services)
    {
        services.AddSingleton<CurrentRules>().AddSingleton<RulesFollower>().AddSingleton<RulebookPublisher>().AddSingleton<RulebookSweep>();
        services.AddSingleton<CustomerIndex>().AddSingleton<PopulationPass>().AddSingleton<MeasureReader>().AddSingleton<Calendar>();
        services.AddSingleton<EventsUnderWay>().AddSingleton<CustomerServices>().AddSingleton<BaselineServices>();
        services.AddSingleton<SegmentFeed>().AddSingleton<Auditor>().AddSingleton<GridStart>();
        services.TryAddSingleton<IHostShare, WholeShare>();
        return services;
    }
}
