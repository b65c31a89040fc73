using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Grid.InProcess.Turns;

namespace Grid.InProcess.Engine;

/// <summary>
/// How to make a reference to each grain interface. The generated code of an assembly registers here when its module
/// is initialised.
/// </summary>
public static class GrainReferences
{
    private static readonly ConcurrentDictionary<Type, Func<GrainClass, string, GrainReference>> Makers = new();

    public static void Register<TInterface>(Func<GrainClass, string, GrainReference> make) => Makers[typeof(TInterface)] = make;

    internal static Func<GrainClass, string, GrainReference> MakerOf(Type grainInterface)
    {
        RuntimeHelpers.RunModuleConstructor(grainInterface.Module.ModuleHandle);
        return Makers.TryGetValue(grainInterface, out var make)
            ? make
            : throw new InvalidOperationException(
                $"No reference was generated for {grainInterface.FullName}: its project must use the generator of Grid.InProcess.");
    }
}
