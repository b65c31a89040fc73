using System.Collections.Concurrent;
using Microsoft.Playwright;
using Shouldly;

namespace Grid.Dashboard.Tests;

/// <summary>The page in a window, connected to a server; it records every warning of the browser and every requested address.</summary>
internal sealed class ShownPage : IAsyncDisposable
{
    /// <summary>Elements that overflow the window to the right, except inside a box that scrolls or clips.</summary>
    private const string StandingOut =
        """
        () => {
          const isBoxed = element => {
            for (let box = element.parentElement; box !== null && box !== document.body; box = box.parentElement)
              if (getComputedStyle(box).overflowX !== "visible") return true;
            return false;
          };
          const out = [...document.body.querySelectorAll("*")]
            .filter(element => element.getBoundingClientRect().right > innerWidth + 1 && !isBoxed(element))
            .map(element => element.outerHTML.slice(0, 120));
          const width = document.documentElement.scrollWidth;
          return width > innerWidth ? [`the page is ${width} px wide`, ...out] : out;
        }
        """;

    private readonly IBrowserContext _window;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<Uri> _requests = new();

    private ShownPage(IBrowserContext window, IPage page)
    {
        _window = window;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") _complaints.Enqueue($"{message.Type}: {message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => _complaints.Enqueue($"error: {error}");
        page.Request += (_, request) => _requests.Enqueue(new Uri(request.Url));
        page.WebSocket += (_, socket) => _requests.Enqueue(new Uri(socket.Url));
    }

    public IPage Page { get; }

    public IReadOnlyCollection<string> Complaints => _complaints;

    public IReadOnlyCollection<Uri> Requests => _requests;

    public static async Task<ShownPage> Open(
        Chromium chromium, GridProcess server, BrowserNewContextOptions? options = null, string address = "")
    {
        options ??= new() { ViewportSize = new() { Width = 1280, Height = 900 } };
        options.Locale ??= "en-GB";
        var window = await chromium.Open(options);
        var shown = new ShownPage(window, await window.NewPageAsync());
        await shown.Page.GotoAsync(new Uri(server.Address, address).AbsoluteUri);
        await shown.Connection("connected");
        return shown;
    }

    public ILocator Part(string testId) => Page.GetByTestId(testId);

    /// <summary>Waits until the page shows this connection state.</summary>
    public Task Connection(string state) => Page.Locator($"[data-testid=connection][data-state={state}]").WaitForAsync();

    /// <summary>Goes to a place of the page, as a link would.</summary>
    public Task Go(string place) => Page.EvaluateAsync("place => { location.hash = place; }", place);

    public async Task Find(string customer)
    {
        await Part("customer-search").FillAsync(customer);
        await Part("customer-search").PressAsync("Enter");
    }

    /// <summary>Waits until the feed shows the transition at this position.</summary>
    public Task Transition(string position) => Page.Locator($"[data-testid=transition][data-position=\"{position}\"]").WaitForAsync();

    /// <summary>The positions in the feed, oldest first.</summary>
    public async Task<IReadOnlyList<string>> Positions()
    {
        var rows = await Page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('[data-testid=transition]')].map(row => row.dataset.position)");
        return [.. rows.Reverse()];
    }

    /// <summary>Checks that no element overflows the window to the right while this part is visible.</summary>
    public async Task ShouldFit(ILocator part)
    {
        await part.ScrollIntoViewIfNeededAsync();
        (await part.IsVisibleAsync()).ShouldBeTrue();
        (await Page.EvaluateAsync<string[]>(StandingOut)).ShouldBeEmpty(Page.Url);
    }

    public async ValueTask DisposeAsync() => await _window.DisposeAsync();
}
