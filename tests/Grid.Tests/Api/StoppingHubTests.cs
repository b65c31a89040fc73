using System.Net.WebSockets;
using Grid.Testing.Hub;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace Grid.Tests.Api;

public sealed class StoppingHubTests
{
    /// <summary>A connection that enters after SignalR has closed the others keeps the host alive until its stop times out after 30 s.</summary>
    [Fact]
    public async Task NewConnectionIsRefusedWithTheReason()
    {
        await using var grid = await GridApplication.Start();
        grid.Of<IHostApplicationLifetime>().StopApplication();
        var refused = await Should.ThrowAsync<WebSocketException>(() => HubConnection.Open(grid.Address));
        refused.Message.ShouldContain("503");
    }
}
