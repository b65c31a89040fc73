using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Grid.Ledger.Sqlite;
using Grid.Model;
using Grid.Server.Configuration;
using Grid.Server.Hosting;
using Grid.Testing;
using Grid.Testing.Servers;
using Shouldly;
using Xunit;

namespace Grid.Tests.Deployment;

/// <summary>The decimals of amounts: of ISO 4217 for a new ledger, its own for one that exists.</summary>
public sealed class CurrencyOfALedgerTests : IDisposable
{
    private readonly DataFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("BIF", 0)]
    [InlineData("JPY", 0)]
    [InlineData("KRW", 0)]
    [InlineData("ISK", 0)]
    [InlineData("UGX", 0)]
    [InlineData("CNY", 2)]
    [InlineData("EUR", 2)]
    [InlineData("HUF", 2)]
    [InlineData("MGA", 2)]
    [InlineData("TWD", 2)]
    [InlineData("XCG", 2)]
    [InlineData("BHD", 3)]
    [InlineData("KWD", 3)]
    [InlineData("TND", 3)]
    [InlineData("CLF", 4)]
    [InlineData("UYW", 4)]
    [InlineData("XAU", null)]
    [InlineData("XTS", null)]
    [InlineData("DEM", null)]
    [InlineData("BTC", null)]
    [InlineData("cny", null)]
    public void AreThoseOfTheStandard(string code, int? decimals) => CurrencyCodes.DecimalsOf(code).ShouldBe(decimals);

    [Fact]
    public void AreKnownForEveryActiveCode() => CurrencyCodes.All.Count.ShouldBe(17 + 139 + 7 + 2);

    [Fact]
    public async Task AreTheSameInFilesCallsAndAnswers()
    {
        await Serve("JPY", null, async http =>
        {
            await Import(http, "u1,o1,2026-01-02T00:00:00Z,1500");
            await Track(http, "u2", 1500);
            foreach (var customer in (string[])["u1", "u2"])
            {
                var view = await http.GetFromJsonAsync<JsonElement>($"/v1/customers/{customer}");
                view.GetProperty("totals").GetProperty("spend").GetInt64().ShouldBe(1_500);
            }

            (await Decimals(http)).ShouldBe(0);
            (await http.GetStringAsync("/v1/segments/journey/export?format=csv&columns=customer,spend(all)")).ShouldContain("u1,1500\r\n");
            (await http.GetStringAsync("/v1/customers/u1/explain?scheme=spending-power")).ShouldNotContain("1500.00");
        });
        await Serve("JPY", null, async http => (await Decimals(http)).ShouldBe(0));
    }

    [Fact]
    public async Task OfAnExistingLedgerStayAsTheyAre()
    {
        await Serve("JPY", 2, async http =>
        {
            await Track(http, "u2", 1500);
            (await Decimals(http)).ShouldBe(2);
        });
        await Serve("JPY", null, async http =>
        {
            (await Decimals(http)).ShouldBe(2);
            var view = await http.GetFromJsonAsync<JsonElement>("/v1/customers/u2");
            view.GetProperty("totals").GetProperty("spend").GetInt64().ShouldBe(150_000);
        });
        (await Should.ThrowAsync<ConfigurationException>(() => Serve("JPY", 0, _ => Task.CompletedTask)))
            .Message.ShouldContain("holds amounts in JPY with 2 decimals, not JPY with 0");
        (await Should.ThrowAsync<ConfigurationException>(() => Serve("KWD", null, _ => Task.CompletedTask)))
            .Message.ShouldContain("holds amounts in JPY with 2 decimals, not KWD with 3");
        Execute("DELETE FROM records WHERE name = 'identity'");
        await Serve("JPY", null, async http => (await Decimals(http)).ShouldBe(2));
    }

    [Fact]
    public async Task OfACodeThatWasWithdrawnStayInItsLedger()
    {
        await Serve("CNY", null, http => Track(http, "u2", 1500));
        Execute("""UPDATE records SET payload = CAST('{"Currency":"BGN","MinorUnits":2,"IsDemo":false}' AS BLOB) WHERE name = 'identity'""");
        await Serve("BGN", null, async http => (await Decimals(http)).ShouldBe(2));
    }

    [Theory]
    [InlineData("XTS")]
    [InlineData("XAU")]
    [InlineData("BTC")]
    [InlineData("DEM")]
    [InlineData("RMB")]
    public async Task OfAnUnknownCodeAreRefused(string code) =>
        (await Should.ThrowAsync<ConfigurationException>(() => Serve(code, null, _ => Task.CompletedTask)))
            .Message.ShouldBe($"--currency is '{code}', which is no active currency code of ISO 4217 with a minor unit; name one such as CNY, JPY or KWD");

    private async Task Serve(string currency, int? decimals, Func<HttpClient, Task> use)
    {
        var options = new GridOptions { Data = _data.Path, Currency = currency, CurrencyMinorUnits = decimals };
        await using var server = await RunningServer.Start(options);
        await use(server.Http);
    }

    private void Execute(string sql)
    {
        using var database = Database.Open(Path.Combine(_data.Path, GridLedger.File), readOnly: false);
        database.Execute(sql);
    }

    private static async Task<int> Decimals(HttpClient http) =>
        (await http.GetFromJsonAsync<JsonElement>("/v1/schemes")).GetProperty("currency").GetProperty("minorUnits").GetInt32();

    private static async Task Import(HttpClient http, string row)
    {
        using var body = new StringContent($"customer_id,order_id,occurred_at,amount\n{row}\n", Encoding.UTF8, "text/csv");
        using var response = await http.PostAsync("/v1/import", body);
        (await response.Content.ReadAsStringAsync()).ShouldStartWith("{\"accepted\":1,");
    }

    private static async Task Track(HttpClient http, string customer, decimal total)
    {
        var order = new Dictionary<string, object> { ["order_id"] = "o1", ["total"] = total };
        var call = new { userId = customer, messageId = "m1", @event = "Order Completed", timestamp = "2026-01-02T00:00:00Z", properties = order };
        using var response = await http.PostAsJsonAsync("/v1/track?strict=true", call);
        (await response.Content.ReadAsStringAsync()).ShouldContain("accepted");
    }
}
