using Shouldly;
using Xunit;

namespace Grid.Dashboard.Tests;

/// <summary>Every place of the page, seen once while customers move.</summary>
public sealed class QuietPageTests(Chromium chromium)
{
    [Fact]
    public async Task ComplainsOfNothingAndAsksNobodyElse()
    {
        await using var server = await GridProcess.Start();
        await server.Post(Call.Order("buyer", "order-1", 10));
        await using var shown = await ShownPage.Open(chromium, server);
        await shown.Part("transition").First.WaitForAsync();
        await shown.Go("#/schemes/rfm8");
        await shown.Part("chart").WaitForAsync();
        await shown.Part("flows").WaitForAsync();
        await server.Post(Call.Order("buyer", "order-2", 20), Call.Track("visitor", "Chat Started"));
        await shown.Page.Locator("[data-testid=transition][data-customer=visitor]").First.WaitForAsync();
        await shown.Go("#/customers/buyer");
        await shown.Part("explain").WaitForAsync();
        await shown.Go("#/rulebook");
        await shown.Part("yaml").WaitForAsync();
        await shown.Go("#/transitions");
        await shown.Part("language").SelectOptionAsync("zh");
        await shown.Page.ReloadAsync();
        await shown.Connection("connected");

        shown.Complaints.ShouldBeEmpty();
        shown.Requests.ShouldContain(request => request.Scheme == "ws");
        shown.Requests.Select(request => request.Authority).Distinct().ShouldBe([server.Address.Authority]);
    }
}
