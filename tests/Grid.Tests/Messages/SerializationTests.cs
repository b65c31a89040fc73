using Grid.Grains.Messages;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Shouldly;
using Xunit;

namespace Grid.Tests.Messages;

/// <summary>Messages between silos, and within one, as Orleans serializes and copies them.</summary>
public sealed class SerializationTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().AddModelAliases().BuildServiceProvider();

    [Fact]
    public void MessagesArriveAsTheyWereSent()
    {
        var serializer = _services.GetRequiredService<Serializer>();

        foreach (var message in SomeMessagesTests.All)
            serializer.Deserialize<object>(serializer.SerializeToArray(message)).ShouldBeLike(message, message.GetType().Name);
    }

    [Fact]
    public void MessagesAreTheSameWhenTheyAreCopied()
    {
        var copier = _services.GetRequiredService<DeepCopier>();

        foreach (var message in SomeMessagesTests.All) copier.Copy(message).ShouldBeLike(message, message.GetType().Name);
    }

    /// <summary>A silo of the build before still recognises a renamed type of the model.</summary>
    [Fact]
    public void TypesOfTheModelGoByTheirAliases()
    {
        var serializer = _services.GetRequiredService<Serializer>();

        foreach (var (alias, type) in ModelAliases.Types)
        {
            var message = SomeMessagesTests.All.First(message => message.GetType() == type);
            var bytes = serializer.SerializeToArray<object>(message);
            System.Text.Encoding.UTF8.GetString(bytes).ShouldContain(alias);
            System.Text.Encoding.UTF8.GetString(bytes).ShouldNotContain(type.FullName!);
        }
    }

    public void Dispose() => _services.Dispose();
}
