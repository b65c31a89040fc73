using Grid.Ledger;
using Grid.Model.Baselines;
using Grid.Model.Customers;
using Grid.Model.Evaluation;
using Grid.Model.Time;
using Grid.Model.Transitions;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization.Configuration;

namespace Grid.Grains.Messages;

/// <summary>
/// The wire names of types that have no <see cref="AliasAttribute"/>, because the model does not reference Orleans. A list of transitions is sent
/// with the name of its type: renaming the type in C# must not change the wire name.
/// </summary>
public static class ModelAliases
{
    public static IReadOnlyDictionary<string, Type> Types { get; } = new Dictionary<string, Type>
    {
        ["grid.customer-id"] = typeof(CustomerId),
        ["grid.cuts"] = typeof(Cutoffs),
        ["grid.instant"] = typeof(Instant),
        ["grid.ledger-exception"] = typeof(LedgerException),
        ["grid.rulebook-layout"] = typeof(RulebookLayout),
        ["grid.transition"] = typeof(Transition),
    };

    /// <summary>Called by each silo and each client of a cluster.</summary>
    public static IServiceCollection AddModelAliases(this IServiceCollection services) => services.Configure<TypeManifestOptions>(static manifest =>
    {
        foreach (var (alias, type) in Types) manifest.WellKnownTypeAliases[alias] = type;
    });
}
