using System.Collections;
using System.Reflection;
using Shouldly;

namespace Grid.Tests.Messages;

/// <summary>Compares two objects by all their readable properties, recursively.</summary>
internal static class Likeness
{
    public static void ShouldBeLike(this object? copy, object? original, string path)
    {
        if (original is null || copy is null || original is string || original.GetType().IsPrimitive || original is Enum or decimal)
        {
            copy.ShouldBe(original, path);
            return;
        }

        if (original is ReadOnlyMemory<byte> bytes)
        {
            copy.ShouldBeOfType<ReadOnlyMemory<byte>>(path).ToArray().ShouldBe(bytes.ToArray(), path);
            return;
        }

        if (original is IEnumerable items)
        {
            var (left, right) = (copy.ShouldBeAssignableTo<IEnumerable>(path)!.Cast<object?>().ToList(), items.Cast<object?>().ToList());
            left.Count.ShouldBe(right.Count, path);
            for (var index = 0; index < left.Count; index++) left[index].ShouldBeLike(right[index], $"{path}[{index}]");
            return;
        }

        copy.GetType().ShouldBe(original.GetType(), path);
        foreach (var property in original.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length == 0)
                property.GetValue(copy).ShouldBeLike(property.GetValue(original), $"{path}.{property.Name}");
        }
    }
}
