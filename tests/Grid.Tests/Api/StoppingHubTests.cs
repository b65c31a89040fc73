using System.Net.WebSockets;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace Grid.Tests.Api;

public sealed class StoppingHubTests
{
    [Fact]
    public async Task ClientThatConnectsAgainAtOnceDoesNotHoldUpTheStop()
    {
        var grid = await GridApplication.Start();
        var following = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var leaving = new CancellationTokenSource();
        var client = Task.Run(() => Follow(grid.Address, following, leaving.Token), CancellationToken.None);
        await following.Task.WaitAsync(GridApplication.Patience);

        // A host that waits for a connection ends after 30 s.
        await grid.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

        await leaving.CancelAsync();
        await client.WaitAsync(GridApplication.Patience);
    }

    [Fact]
    public async Task NewConnectionIsRefusedWithTheReason()
    {
        await using var grid = await GridApplication.Start();
        grid.Of<IHostApplicationLifetime>().StopApplication();
        var refused = await Should.ThrowAsync<WebSocketException>(() => HubConnection.Open(grid.Address));
        refused.Message.ShouldContain("503");
    }

    private static async Task Follow(Uri server, TaskCompletionSource following, CancellationToken leaving)
    {
        while (!leaving.IsCancellationRequested)
        {
            try
            {
                await using var hub = await HubConnection.Open(server);
                await foreach (var _ in hub.Stream("Segments", [null], leaving)) following.TrySetResult();
            }
            catch (Exception exception) when (exception is WebSocketException or HubError or OperationCanceledException or IOException)
            {
                // Connects again, without a pause.
                await Task.Yield();
            }
        }
    }
}
