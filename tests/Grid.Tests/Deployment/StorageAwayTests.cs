using System.Net;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using Grid.Grains;
using Grid.Ledger;
using Grid.Ledger.Memory;
using Grid.Server.Configuration;
using Grid.Testing.Servers;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Grid.Tests.Deployment;

/// <summary>While the storage is unavailable every request gets the same answer: 503, the reason, and when to retry.</summary>
public sealed class StorageAwayTests : IAsyncLifetime
{
    private const string Event = """{"userId":"u9","event":"Chat Started"}""";
    private const string Audience = """{"replace":[{"file":"buyers.yaml","yaml":"audience: buyers\nname: { zh: 买家, en: Buyers }\nwhen: orders >= 1\n"}]}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("grid-away-").FullName;
    private readonly IKeptLedger _ledger = DispatchProxy.Create<IKeptLedger, LedgerThatGoes>();
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.Start(
            new GridOptions { Data = _folder, BaselineInterval = TimeSpan.Zero },
            pace: GridPace.ByDriver,
            more: builder => builder.Services.AddSingleton<ILedger>(_ledger));
        (await Ask("POST", "/v1/track", Event.Replace("u9", "u1"))).Status.ShouldBe(HttpStatusCode.OK);
    }

    public async ValueTask DisposeAsync()
    {
        Away(false);
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task EveryRequestIsAnsweredAsEventsAre()
    {
        Away(true);
        var (status, text, retry) = await Ask("POST", "/v1/track", Event);
        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var reason = Detail(text);
        reason.ShouldStartWith("The ledger is unavailable");

        foreach (var (method, path, body) in ((string, string, string?)[])
        [
            ("GET", "/v1/customers/u2", null), ("GET", "/v1/customers/u2/forecast", null), ("DELETE", "/v1/customers/u3", null),
            ("DELETE", "/v1/customers/u1", null), ("GET", "/v1/rejects", null), ("POST", "/v1/rulebooks", Audience),
        ])
        {
            var answer = await Ask(method, path, body);
            answer.Status.ShouldBe(HttpStatusCode.ServiceUnavailable, $"{method} {path}: {answer.Text}");
            Detail(answer.Text).ShouldBe(reason, $"{method} {path}");
            answer.RetryAfter.ShouldBe(retry, $"{method} {path}");
        }

        Away(false);
        (await Ask("GET", "/v1/customers/u1")).Status.ShouldBe(HttpStatusCode.OK);
        (await Ask("POST", "/v1/rulebooks", Audience)).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static string Detail(string problem) => JsonDocument.Parse(problem).RootElement.GetProperty("detail").GetString()!;

    private void Away(bool isAway) => ((LedgerThatGoes)_ledger).IsAway = isAway;

    private async Task<(HttpStatusCode Status, string Text, TimeSpan? RetryAfter)> Ask(string method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null) request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await _server.Http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.RetryAfter?.Delta);
    }
}

/// <summary>All members of a ledger.</summary>
public interface IKeptLedger : ILedger, IStateRecords, IStateDatabase
{
}

/// <summary>A ledger in memory that can become unavailable, as a database does.</summary>
public class LedgerThatGoes : DispatchProxy
{
    private static readonly string[] OfDatabase = [nameof(ILedger.Load), nameof(ILedger.Commit), nameof(ILedger.Fence), nameof(ILedger.Erase),
        nameof(ILedger.Reject), nameof(ILedger.Rejects), nameof(IStateRecords.Read), nameof(IStateRecords.Write), nameof(IStateRecords.Clear)];

    private readonly MemoryLedger _kept = new();

    public bool IsAway { get; set; }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (IsAway && OfDatabase.Contains(targetMethod!.Name)) throw new LedgerException(FailureKind.Temporary, "the database is away");
        try
        {
            return targetMethod!.Invoke(_kept, args);
        }
        catch (TargetInvocationException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException!);
            throw;
        }
    }
}
