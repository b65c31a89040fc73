using System.Text.Json;
using Grid.Grains;
using Grid.Model.Time;
using Grid.Server.Configuration;
using Grid.Server.Hosting;
using Grid.Shop;

namespace Grid.Server.Commands;

/// <summary>The progress of a demo, in a small file beside its ledger: the clock, and the last acknowledged instant.</summary>
internal sealed class DemoProgress
{
    private static readonly TimeSpan WriteInterval = TimeSpan.FromSeconds(1);
    private static readonly ShopOptions Story = new() { Seed = 1, StartAt = Instant.From(new DateTimeOffset(2026, 3, 26, 0, 0, 0, TimeSpan.Zero)) };
    private readonly string _file;
    private readonly Point _point;
    private readonly SimulatedShop _shop = new(Story);

    /// <summary>
    /// Advances the simulated shop to its saved place before any clock runs: years of the shop take a second, which would be days for the demo.
    /// </summary>
    public DemoProgress(string folder)
    {
        Directory.CreateDirectory(folder);
        _file = Path.Combine(folder, "demo.json");
        _point = File.Exists(_file) ? Read(_file) : new Point(Story.OpensAt.Milliseconds, Instant.Beginning.Milliseconds);
        _shop.SkipTo(new Instant(_point.Acknowledged).Plus(-ShopLimits.ResumeOverlapMilliseconds));
    }

    /// <summary>The instant at which the clock continues.</summary>
    public DateTimeOffset ClockAt => new Instant(_point.Clock).ToDateTimeOffset();

    /// <summary>Runs the shop until cancelled, and saves its progress each second.</summary>
    public async Task Run(WebApplication app, GridClock clock, GridOptions options, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        var settings = new ShopClientOptions { AcknowledgedBefore = new Instant(_point.Acknowledged), WriteKey = options.Keys.FirstOrDefault() };
        using var client = new ShopClient(
            _shop, http, clock.Provider, TimeProvider.System, settings, app.Services.GetRequiredService<ILogger<ShopClient>>());
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation, app.Lifetime.ApplicationStopping);
        await client.StartAsync(stopping.Token);
        using var timer = new PeriodicTimer(WriteInterval, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token)) Write(clock, client);
        }
        catch (OperationCanceledException)
        {
            await client.StopAsync(CancellationToken.None);
            Write(clock, client);
        }
    }

    private static Point Read(string file)
    {
        try
        {
            if (JsonSerializer.Deserialize<Point>(File.ReadAllBytes(file)) is { } point) return point;
        }
        catch (JsonException)
        {
            // The file was cut off or changed by hand; the error below reports it.
        }

        throw new ConfigurationException($"{file} cannot be read; remove its folder to begin anew.");
    }

    /// <summary>Replaces the old file atomically, so that a crash leaves one of the two.</summary>
    private void Write(GridClock clock, ShopClient client)
    {
        var point = new Point(clock.Now.Milliseconds, client.Acknowledged.Milliseconds);
        File.WriteAllBytes(_file + ".new", JsonSerializer.SerializeToUtf8Bytes(point));
        File.Move(_file + ".new", _file, overwrite: true);
    }

    private sealed record Point(long Clock, long Acknowledged);
}
