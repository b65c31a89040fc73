using Grid.Model.Customers;

namespace Grid.Server.Engines.Orleans;

/// <summary>
/// Nouns of the model cross silos as JSON, as they go to clients: the model knows no engine. Facts, which are many, have
/// converters of their own.
/// </summary>
internal static class ModelTypes
{
    public static bool Cross(Type type) => type.Assembly == typeof(Customer).Assembly;
}
