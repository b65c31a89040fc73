using Shouldly;
using Xunit;

namespace Grid.Dashboard.Tests;

/// <summary>A server that requires a key.</summary>
public sealed class LockedServerTests(Chromium chromium)
{
    private const string Key = "open-sesame";

    [Fact]
    public async Task OpensToAPageThatWasGivenItsKeyOnce()
    {
        await using var server = await GridProcess.Start(Key);
        await server.Post(Call.Order("buyer", "order-1", 10));
        await using var shown = await ShownPage.Open(chromium, server, address: $"/#key={Key}");
        await shown.Connection("connected");
        await shown.Part("transition").First.WaitForAsync();
        shown.Page.Url.ShouldNotContain(Key);

        await shown.Page.ReloadAsync();

        await shown.Connection("connected");
        await shown.Go("#/customers/buyer");
        await shown.Part("explain").WaitForAsync();
    }
}
