using System.Reflection;

namespace Grid.Server.Silos;

/// <summary>Makes a call once more, from the beginning, while the first still waits; a call's own context can be invoked one at a time only.</summary>
internal static class SecondCall
{
    private static readonly MethodInfo Boxing = typeof(SecondCall).GetMethod(nameof(Boxed), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <returns>What the grain answered; null where it answers nothing.</returns>
    public static async Task<object?> Of(IOutgoingGrainCallContext first)
    {
        var request = first.Request;
        var arguments = Enumerable.Range(0, request.GetArgumentCount()).Select(request.GetArgument).ToArray();
        var returned = first.InterfaceMethod.Invoke(first.Grain, arguments)!;

        // Grains answer with one of Task, Task<T>, ValueTask and ValueTask<T>.
        var task = returned as Task ?? (Task)returned.GetType().GetMethod(nameof(ValueTask.AsTask))!.Invoke(returned, null)!;
        if (first.InterfaceMethod.ReturnType is { IsGenericType: true } type)
            return await (Task<object?>)Boxing.MakeGenericMethod(type.GenericTypeArguments).Invoke(null, [task])!;
        await task;
        return null;
    }

    private static async Task<object?> Boxed<T>(Task<T> task) => await task;
}
