using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Grid.Api.Audits;
using Grid.Grains;
using Grid.Ledger.Sqlite;
using Grid.Server.Configuration;
using Grid.Server.Hosting;
using Grid.Testing.Servers;
using Shouldly;
using Xunit;

namespace Grid.Tests.Deployment;

/// <summary>A stored row is damaged: other customers are served, and answers about this one name it.</summary>
public sealed class DamagedCustomerTests : IDisposable
{
    private const string Damaged = "c3";
    private const string Audience = """{"replace":[{"file":"buyers.yaml","yaml":"audience: buyers\nname: { zh: 买家, en: Buyers }\nwhen: orders >= 1\n"}]}""";
    private readonly string _folder = Directory.CreateTempSubdirectory("grid-damaged-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task IsNamedWhileTheOthersAreServedAndServedAgainWhenRepaired()
    {
        await Serve(async http =>
        {
            (await Send(http, "first", "c1", "c2", Damaged, "c5")).ShouldAllBe(outcome => outcome == "accepted");
            (await Audit(http)).Damaged.ShouldBe(0);
        });
        await WriteRows();
        Execute($"CREATE TABLE kept AS SELECT id, state FROM customers WHERE id = '{Damaged}'");
        Execute($"UPDATE customers SET state = CAST(substr(state, 1, length(state) - 1) || '!' AS BLOB) WHERE id = '{Damaged}'");

        await Serve(async http =>
        {
            (await Send(http, "second", "c1", Damaged, "c5")).ShouldBe(["accepted", "rejected", "accepted"]);
            (await http.GetStringAsync("/v1/rejects")).ShouldContain("is damaged");
            using var asked = await http.GetAsync($"/v1/customers/{Damaged}");
            asked.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await asked.Content.ReadAsStringAsync()).ShouldContain($"customer {Damaged} is damaged");
            (await http.GetAsync("/v1/customers/c1")).StatusCode.ShouldBe(HttpStatusCode.OK);

            var audit = await Audit(http);
            (audit.Damaged, audit.Customers).ShouldBe((1, 3));
            audit.DamagedExamples.ShouldBe([Damaged]);
            audit.Difference.ShouldBeGreaterThan(0);

            // A publication evaluates every customer, and completes although this one cannot be evaluated.
            using var published = await http.PostAsync("/v1/rulebooks", new StringContent(Audience, Encoding.UTF8, "application/json"));
            published.StatusCode.ShouldBe(HttpStatusCode.OK, await published.Content.ReadAsStringAsync());
        });

        Execute($"UPDATE customers SET state = (SELECT state FROM kept) WHERE id = '{Damaged}'; DROP TABLE kept");
        await Serve(async http =>
        {
            (await Send(http, "second", "c1", Damaged, "c5")).ShouldBe(["duplicate", "accepted", "duplicate"]);
            var audit = await Audit(http);
            (audit.Damaged, audit.Difference, audit.WrongLayers, audit.Customers).ShouldBe((0, 0, 0, 4));
        });
    }

    private static async Task<List<string?>> Send(HttpClient http, string message, params string[] customers)
    {
        var items = customers.Select(customer => new { type = "track", @event = "Chat Started", userId = customer, messageId = $"{message} {customer}" });
        using var answer = await http.PostAsJsonAsync("/v1/batch?strict=true", new { batch = items });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        var outcomes = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items");
        return [.. outcomes.EnumerateArray().Select(item => item.GetProperty("outcome").GetString())];
    }

    private static async Task<AuditResponse> Audit(HttpClient http)
    {
        using var answer = await http.PostAsync("/v1/audit", null);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<AuditResponse>())!;
    }

    private async Task Serve(Func<HttpClient, Task> use)
    {
        await using var server = await RunningServer.Start(
            new GridOptions { Data = _folder, BaselineInterval = TimeSpan.Zero }, pace: GridPace.ByDriver);
        await use(server.Http);
    }

    private async Task WriteRows()
    {
        await using var ledger = new SqliteLedger(new SqliteLedgerOptions(Path.Combine(_folder, GridLedger.File)));
        await ledger.Open(TestContext.Current.CancellationToken);
        await ledger.BeginCheckpoint();
        while (ledger.Statistics.Checkpoints == 0) await Task.Yield();
    }

    private void Execute(string sql)
    {
        using var file = Database.Open(Path.Combine(_folder, GridLedger.File), readOnly: false);
        file.Execute(sql);
    }
}
