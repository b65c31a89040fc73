using System.Net;
using System.Net.Http.Json;
using System.Text;
using Grid.Api.Transitions;
using Grid.Simulation.Auditing;
using Grid.Simulation.Workloads;
using Grid.Testing;
using Grid.Testing.Postgres;
using Grid.Testing.Servers;
using Shouldly;
using Xunit;

namespace Grid.Simulation.Databases;

/// <summary>
/// A PostgreSQL server that fails for good under load, and the standby that replaces it; the grid's own server continues without help.
/// </summary>
public sealed class FailedOverDatabaseTests(ITestOutputHelper output)
{
    private const int Customers = 300;
    private const int Seed = 20_261_122;

    /// <summary>How soon after the promotion the server must accept an event.</summary>
    private static readonly TimeSpan TakenAfterMax = TimeSpan.FromSeconds(20);

    /// <summary>Load before the failure, and after it.</summary>
    private static readonly TimeSpan Around = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task CostsNoAcknowledgedEventAndIsFollowedByItself()
    {
        await using var databases = await PostgresPair.Start();
        var connection = $"{databases.ConnectionString};Target Session Attributes=primary;Maximum Pool Size=20";
        await using var server = await ServerProcess.Listen("serve", "--postgres", connection);
        var workload = new Workload(new Random(Seed), TimeProvider.System.GetUtcNow(), Customers);
        var loader = new Loader(workload, new Random(Seed));
        using var loaded = new CancellationTokenSource();
        var loading = loader.SendUntil(() => server.Http, TimeSpan.FromMilliseconds(20), loaded.Token);
        await Task.WhenAny(loading, Task.Delay(Around, TimeProvider.System));
        var before = await Transitions(server.Http);

        databases.Primary.Kill();
        var killed = TimeProvider.System.GetTimestamp();
        var probe = new Probe(server.Http);
        await probe.UntilRefused();
        await databases.Standby.Promote();
        var promoted = TimeProvider.System.GetTimestamp();
        await probe.UntilTaken(TakenAfterMax);
        var sincePromotion = TimeProvider.System.GetElapsedTime(promoted);
        var sinceKill = TimeProvider.System.GetElapsedTime(killed);

        await Task.WhenAny(loading, Task.Delay(Around, TimeProvider.System));
        loading.IsFaulted.ShouldBeFalse(loading.Exception?.ToString());
        await loaded.CancelAsync();
        await loading.WaitFor("the connections to end");
        await loader.SendUnknown(server.Http);
        loader.Unanswered.ShouldBe(0);

        loader.Acknowledged.Count.ShouldBe(loader.Sent.Count);
        var audit = new ServerAudit(server.Http);
        await audit.KnowsExactly(workload.Customers, loader.Acknowledged);
        (await audit.Recounts()).Customers.ShouldBe(loader.Sent.DistinctBy(message => message.Customer).Count() + 1, "with the probe's");
        var log = await Transitions(server.Http);
        foreach (var (customer, transitions) in before) log[customer].Take(transitions.Count).ShouldBe(transitions, customer);
        await databases.Standby.Until("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN grid%'", "the server to listen");
        output.WriteLine(
            $"seed {Seed}: first event taken {sinceKill.TotalSeconds:0.00} s after the kill and {sincePromotion.TotalSeconds:0.00} s after the promotion; "
            + $"{probe.Refused} of the probe's refused; {loader.Sent.Count} events in {loader.Answers.Count} batches");
    }

    /// <summary>The whole log, by customer: those of one are in one lane.</summary>
    private static async Task<Dictionary<string, List<string>>> Transitions(HttpClient http)
    {
        var all = new Dictionary<string, List<string>>();
        for (var after = "0"; ;)
        {
            var page = (await http.GetFromJsonAsync<TransitionsResponse>($"/v1/transitions?limit=1000&after={Uri.EscapeDataString(after)}"))!;
            foreach (var item in page.Items)
            {
                if (!all.TryGetValue(item.Customer, out var mine)) all.Add(item.Customer, mine = []);
                mine.Add($"{item.Scheme} {item.From} {item.To} {item.EffectiveAt} {item.RecordedAt}");
            }

            if (page.Position == after) return all;
            after = page.Position;
        }
    }

    /// <summary>Sends the same event repeatedly until the server accepts it.</summary>
    private sealed class Probe(HttpClient http)
    {
        private const string Event = """{"type":"track","messageId":"probe","userId":"probe","event":"Comment Added","timestamp":"2026-01-01T00:00:00Z"}""";

        public int Refused { get; private set; }

        public Task<HttpStatusCode> UntilRefused() =>
            Patience.Until(Send, status => status == HttpStatusCode.ServiceUnavailable, "an event to be refused");

        public Task<HttpStatusCode> UntilTaken(TimeSpan max) => Patience.Until(Send, status => status == HttpStatusCode.OK, "an event to be taken", max);

        private async Task<HttpStatusCode> Send()
        {
            using var answer = await http.PostAsync("/v1/track", new StringContent(Event, Encoding.UTF8, "application/json"));
            if (answer.StatusCode == HttpStatusCode.OK) return HttpStatusCode.OK;
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, await answer.Content.ReadAsStringAsync());
            answer.Headers.RetryAfter.ShouldNotBeNull();
            Refused++;
            return answer.StatusCode;
        }
    }
}
