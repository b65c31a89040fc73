using Grid.Server.Silos;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Xunit;

namespace Grid.Tests.Engine.Orleans;

public sealed class MessagesBetweenSilos
{
    [Fact]
    public void ArriveAsTheyWereSent()
    {
        using var services = new ServiceCollection().AddModelTypes().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();

        foreach (var message in SomeMessages.OfTheModel.Concat(SomeMessages.OfTheGrains))
            serializer.Deserialize<object>(serializer.SerializeToArray(message)).ShouldBeLike(message, message.GetType().Name);
    }

    [Fact]
    public void AreTheSameWhenTheyAreCopiedWithinOne()
    {
        using var services = new ServiceCollection().AddModelTypes().BuildServiceProvider();
        var copier = services.GetRequiredService<DeepCopier>();

        foreach (var message in SomeMessages.OfTheModel.Concat(SomeMessages.OfTheGrains))
            copier.Copy(message).ShouldBeLike(message, message.GetType().Name);
    }
}
