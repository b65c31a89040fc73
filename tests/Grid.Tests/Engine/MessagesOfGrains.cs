using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Grid.Grains.Customers;
using Grid.Model.Customers;
using Shouldly;
using Xunit;

namespace Grid.Tests.Engine;

/// <summary>What grains are given and answer. One engine hands it over as it is, the other sends it to another process.</summary>
public sealed class MessagesOfGrains
{
    private static readonly Assembly Model = typeof(Customer).Assembly;
    private static readonly Assembly Actors = typeof(ICustomerGrain).Assembly;

    [Fact]
    public void AreAllAmongThoseTried()
    {
        var tried = SomeMessages.OfTheModel.Concat(SomeMessages.OfTheGrains).Select(message => message.GetType()).ToHashSet();

        Exchanged().Where(type => IsOurs(type) && !type.IsEnum).Except(tried).ShouldBeEmpty();
    }

    [Fact]
    public void ArriveAsTheyWereSentWhenTheyAreSentAsJson()
    {
        foreach (var message in SomeMessages.OfTheModel)
        {
            var sent = JsonSerializer.SerializeToUtf8Bytes(message, message.GetType());
            JsonSerializer.Deserialize(sent, message.GetType()).ShouldBeLike(message, message.GetType().Name);
        }
    }

    /// <summary>So that nobody can tell whether it was shared or copied.</summary>
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
        .Where(type => type.IsInterface && type.IsAssignableTo(typeof(IGrainWithStringKey)))
        .SelectMany(type => type.GetMethods())
        .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType))
        .SelectMany(Parts)
        .Distinct();

    /// <summary>A type and those it is made of: a task of a list of flows is about flows.</summary>
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
