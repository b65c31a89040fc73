using Grid.Model.Customers;
using Orleans.Serialization;
using Orleans.Serialization.Configuration;

namespace Grid.Server.Silos;

/// <summary>
/// Nouns of the model cross silos as JSON, as they go to clients: the model knows no engine. Facts, which are many, have
/// converters of their own.
/// </summary>
internal static class ModelTypes
{
    public static IServiceCollection AddModelTypes(this IServiceCollection services)
    {
        services.AddSerializer(static serializer => serializer.AddJsonSerializer(static type => type.Assembly == typeof(Customer).Assembly));
        return services.Configure<TypeManifestOptions>(static types => types.AddAllowedAssembly(typeof(Customer).Assembly));
    }
}
