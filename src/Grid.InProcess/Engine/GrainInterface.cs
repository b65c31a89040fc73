using System.Collections.Frozen;
using System.Reflection;
using Grid.InProcess.Turns;
using Orleans;

namespace Grid.InProcess.Engine;

/// <summary>A grain interface with the one class that implements it.</summary>
internal sealed record GrainInterface(GrainClass Class, Func<GrainClass, string, GrainReference> Make)
{
    internal static Dictionary<Type, GrainClass> FindClasses(GrainEngine engine, IEnumerable<Assembly> assemblies)
    {
        var types = assemblies.Distinct().SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsSubclassOf(typeof(Grain)))
            .ToList();
        var states = new Dictionary<string, Type>();
        var declared = types.SelectMany(type => State.PersistentStateParameter.Of(type).Select(state => (state.StateName, type)));
        foreach (var (name, type) in declared)
        {
            if (!states.TryAdd(name, type) && states[name] != type)
                throw new InvalidOperationException($"The state name {name} is used by both {states[name].Name} and {type.Name}.");
        }
        return types.ToDictionary(type => type, type => new GrainClass(engine, type, isObserver: false));
    }

    internal static FrozenDictionary<Type, GrainInterface> Map(IReadOnlyDictionary<Type, GrainClass> classes)
    {
        var map = new Dictionary<Type, GrainInterface>();
        foreach (var (type, grainClass) in classes)
        {
            foreach (var grainInterface in type.GetInterfaces().Where(IsKeyed))
            {
                var known = new GrainInterface(grainClass, GrainReferences.MakerOf(grainInterface));
                if (!map.TryAdd(grainInterface, known))
                    throw new InvalidOperationException(
                        $"{grainInterface.FullName} is implemented by both {map[grainInterface].Class.Name} and {type.Name}.");
            }
        }
        return map.ToFrozenDictionary();
    }

    private static bool IsKeyed(Type type) => type != typeof(IGrainWithStringKey) && type.IsAssignableTo(typeof(IGrainWithStringKey));
}
