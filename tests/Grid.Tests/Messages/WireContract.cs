using System.Reflection;
using System.Text;
using Grid.Grains.Customers;
using Grid.Grains.Messages;

namespace Grid.Tests.Messages;

/// <summary>Writes the names and numbers by which silos of different builds understand each other.</summary>
internal static class WireContract
{
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    private static readonly Type[] Types = [.. typeof(ICustomerGrain).Assembly.GetTypes()];

    public static string Write()
    {
        var text = new StringBuilder();
        foreach (var type in Sorted(Types.Where(IsGrain))) WriteInterface(text, type);
        foreach (var type in Sorted(Types.Where(type => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false)))) WriteMessage(text, type);
        WriteConverted(text);
        return text.ToString();
    }

    private static bool IsGrain(Type type) => type.IsInterface && type.IsAssignableTo(typeof(IAddressable));

    private static IEnumerable<Type> Sorted(IEnumerable<Type> types) => types.OrderBy(AliasOf, StringComparer.Ordinal);

    private static void WriteInterface(StringBuilder text, Type type)
    {
        text.Append($"interface {AliasOf(type)}\n");
        foreach (var method in type.GetMethods().OrderBy(AliasOf, StringComparer.Ordinal))
        {
            var parameters = method.GetParameters().Select(parameter => NameOf(parameter.ParameterType));
            text.Append($"  {AliasOf(method)}({string.Join(", ", parameters)}): {AnswerOf(method.ReturnType)}\n");
        }
    }

    private static void WriteMessage(StringBuilder text, Type type)
    {
        text.Append($"message {AliasOf(type)}\n");
        var members = from member in type.GetMembers(Members)
                      where member is PropertyInfo or FieldInfo && member.IsDefined(typeof(IdAttribute))
                      let memberType = member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType
                      orderby member.GetCustomAttribute<IdAttribute>()!.Id
                      select $"  {member.GetCustomAttribute<IdAttribute>()!.Id} {member.Name}: {NameOf(memberType)}\n";
        foreach (var member in members) text.Append(member);
    }

    private static void WriteConverted(StringBuilder text)
    {
        var conversions = from converter in Types
                          from converted in converter.GetInterfaces()
                          where converted.IsGenericType && converted.GetGenericTypeDefinition() == typeof(IConverter<,>)
                          select $"converted {NameOf(converted.GenericTypeArguments[0])}: {AliasOf(converted.GenericTypeArguments[1])}\n";
        foreach (var conversion in conversions.Order(StringComparer.Ordinal)) text.Append(conversion);
    }

    /// <summary>Treats task and value task alike: the wire does not show which of them a grain returns.</summary>
    private static string AnswerOf(Type type) => type.IsGenericType ? NameOf(type.GenericTypeArguments[0]) : "nothing";

    private static string AliasOf(MemberInfo member) => member.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias
        ?? throw new InvalidOperationException($"{member.DeclaringType?.Name}.{member.Name} crosses silos without an [Alias].");

    private static string NameOf(Type type)
    {
        if (type.IsArray) return $"{NameOf(type.GetElementType()!)}[]";
        if (type.IsEnum) return $"{type.Name}{{{string.Join(", ", Enum.GetValues(type).Cast<Enum>().Select(value => $"{value:D} {value}"))}}}";
        if (type.IsGenericType) return $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GenericTypeArguments.Select(NameOf))}>";
        if (ModelAliases.Types.FirstOrDefault(entry => entry.Value == type) is { Key: { } alias }) return alias;
        return type.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias ?? type.Name;
    }
}
