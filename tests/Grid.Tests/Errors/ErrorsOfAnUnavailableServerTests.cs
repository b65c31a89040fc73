using System.Net;
using Grid.Api;
using Grid.Api.Parameters;
using Grid.Grains.Customers;
using Grid.Ingest;
using Grid.Ingest.Responses;
using Grid.Ledger;
using Grid.Model.Customers;
using Grid.Server.Hosting;
using Grid.Server.Observability;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace Grid.Tests.Errors;

/// <summary>Errors whose cause is the state of the server, in the language of the request.</summary>
public sealed class ErrorsOfAnUnavailableServerTests
{
    private static readonly CustomerId Customer = new("u1");

    private static readonly Exception[] Failures =
    [
        new LedgerException(FailureKind.Temporary, "busy"),
        new LedgerException(FailureKind.Permanent, "damaged"),
        LedgerException.Damaged(Customer, new InvalidDataException("cut off")),
        new TimeoutException(),
        new StaleCustomerException(Customer, 1, 2),
        new SiloUnavailableException("stopped"),
    ];

    [Fact]
    public async Task NameTheReasonToReadersAndToSenders()
    {
        foreach (var failure in Failures)
        {
            await using var server = await Start(app => app.MapGet("/fails", _ => throw failure));
            await ShouldAnswer(server, "/fails", HttpStatusCode.ServiceUnavailable);
            await ShouldAnswer(Unavailability.From(failure, new IngestOptions()).ShouldNotBeNull());
        }
    }

    [Fact]
    public async Task OfTheWaysInNameTheLimit()
    {
        await ShouldAnswer(Problem.TooSlow);
        await ShouldAnswer(Problem.Full(1));
    }

    [Fact]
    public async Task OfTheApiNameTheLimit()
    {
        await using var server = await Start(app => app.MapGet("/busy", (HttpContext context) => Problems.Busy(context)));
        await ShouldAnswer(server, "/busy", HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task WithAnUnexpectedReasonHaveAChineseTitle()
    {
        await using var server = await Start(app => app.MapGet("/fails", _ => throw new InvalidOperationException()));
        await ShouldAnswer(server, "/fails", HttpStatusCode.InternalServerError);
    }

    [Fact]
    public async Task OfHealthChecksNameTheReason()
    {
        using var failed = new FailedService();
        await failed.StartAsync(TestContext.Current.CancellationToken);
        await Should.ThrowAsync<InvalidOperationException>(failed.ExecuteTask!);
        var tasks = new BackgroundTasksCheck([failed]);
        var failure = await tasks.CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);
        failure.Description.ShouldBe("A background task has failed");
        Func<HealthCheckResult>[] checks = [() => failure, () => ReadinessCheck.NotReady.ToResult(), () => throw new IOException("full")];
        foreach (var check in checks)
        {
            await using var server = await Start(app => app.MapHealth(), services => services.AddHealthChecks().AddCheck("one", check, ["live", "ready"]));
            await ShouldAnswer(server, "/health/live", HttpStatusCode.ServiceUnavailable);
            await ShouldAnswer(server, "/health/ready", HttpStatusCode.ServiceUnavailable);
        }
    }

    private static async Task ShouldAnswer(Problem problem)
    {
        await using var server = await Start(app => app.MapGet("/fails", problem.Write));
        await ShouldAnswer(server, "/fails", (HttpStatusCode)problem.Status);
    }

    private static async Task ShouldAnswer(WebApplication server, string path, HttpStatusCode status)
    {
        using var client = server.GetTestClient();
        await BothLanguages.ShouldAnswer(
            language =>
            {
                var request = new HttpRequestMessage(HttpMethod.Get, path);
                if (language is not null) request.Headers.TryAddWithoutValidation("Accept-Language", language);
                return client.SendAsync(request);
            },
            status);
    }

    private static async Task<WebApplication> Start(Action<WebApplication> map, Action<IServiceCollection>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton(new IngestOptions()).AddExceptionHandler<UnavailableHandler>().AddLocalizedProblems();
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseExceptionHandler(UnavailableHandler.Options);
        map(app);
        await app.StartAsync();
        return app;
    }

    private sealed class FailedService : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
            Task.FromException(new InvalidOperationException("The disk is full."));
    }
}
