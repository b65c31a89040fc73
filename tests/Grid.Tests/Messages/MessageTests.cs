using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Grid.Grains.Customers;
using Grid.Model.Customers;
using Grid.Server.Silos;
using Shouldly;
using Xunit;

namespace Grid.Tests.Messages;

/// <summary>The types in the interfaces of grains.</summary>
public sealed class MessageTests
{
    private static readonly Assembly Model = typeof(Customer).Assembly;
    private static readonly Assembly Actors = typeof(ICustomerGrain).Assembly;

    [Fact]
    public void AreAllAmongThoseTried()
    {
        var tried = SomeMessagesTests.All.Select(message => message.GetType()).ToHashSet();

        Exchanged().Where(type => IsOurs(type) && !type.IsEnum && !type.IsAssignableTo(typeof(IGrainObserver))).Except(tried).ShouldBeEmpty();
    }

    /// <summary>States of grains are stored as JSON.</summary>
    [Fact]
    public void StatesAreReadAsTheyWereStored()
    {
        foreach (var state in SomeMessagesTests.States)
        {
            var stored = JsonSerializer.SerializeToUtf8Bytes(state, state.GetType(), StateSerializer.Json);
            JsonSerializer.Deserialize(stored, state.GetType(), StateSerializer.Json).ShouldBeLike(state, state.GetType().Name);
        }
    }

    /// <summary>A silo passes a message by reference to its own grains and copies it to others; no behaviour may depend on this.</summary>
    [Fact]
    public void CannotBeChanged()
    {
        var known = new HashSet<Type>();
        foreach (var type in Exchanged()) Visit(type, known);
        known.ShouldContain(typeof(Grid.Model.Facts.OrderPaid));

        var changeable = from type in known
                         from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                         where IsChangeable(property)
                         select $"{type.Name}.{property.Name}";
        changeable.ShouldBeEmpty();
    }

    private static IEnumerable<Type> Exchanged() => Actors.GetTypes()
        .Where(type => type.IsInterface && type.IsAssignableTo(typeof(IGrain)))
        .SelectMany(type => type.GetMethods())
        .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType))
        .SelectMany(Parts)
        .Distinct();

    /// <summary>A type and its type arguments: a task of a list of flows concerns flows.</summary>
    private static IEnumerable<Type> Parts(Type type) =>
        type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts) : [type.GetElementType() ?? type];

    private static bool IsOurs(Type type) => type.Assembly == Model || type.Assembly == Actors;

    private static void Visit(Type type, HashSet<Type> known)
    {
        if (!IsOurs(type) || type.IsEnum || !known.Add(type)) return;
        foreach (var heir in type.Assembly.GetTypes().Where(heir => heir.BaseType == type)) Visit(heir, known);
        foreach (var part in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).SelectMany(property => Parts(property.PropertyType)))
            Visit(part, known);
    }

    private static bool IsChangeable(PropertyInfo property)
    {
        var setter = property.SetMethod;
        if (setter is { IsPublic: true } && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))) return true;
        return property.PropertyType.IsArray
            || (property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition().IsAssignableTo(typeof(System.Collections.ICollection)));
    }
}
