using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Grid.Api.Audits;
using Grid.Grains.Audits;
using Grid.Rulebooks.Explaining;
using Grid.Simulation.Workloads;
using Shouldly;

namespace Grid.Simulation.Auditing;

/// <summary>Compares a server's answers with the messages it was sent.</summary>
internal sealed class ServerAudit(HttpClient http)
{
    /// <summary>The server's own recount; its layers and its counts must agree.</summary>
    public async Task<AuditResponse> Recounts()
    {
        using var answer = await http.PostAsync("/v1/audit", null);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        var report = (await answer.Content.ReadFromJsonAsync<AuditResponse>())!;
        var differences = report.Schemes.Where(scheme => scheme.Differences.Count > 0).Select(Describe);
        report.Difference.ShouldBe(0, $"counts differ from the rows at {report.Position}: {string.Join("; ", differences)}");
        report.WrongLayers.ShouldBe(0, $"layers differ from a fresh evaluation: {string.Join(", ", report.Examples)}");
        return report;
    }

    /// <summary>Checks that the server has every message, each counted once, and no others.</summary>
    public async Task KnowsExactly(IEnumerable<string> customers, IEnumerable<Message> messages)
    {
        var byCustomer = messages.Distinct().ToLookup(message => message.Customer);
        await Parallel.ForEachAsync(customers, async (customer, _) =>
        {
            var view = await View(customer);
            var mine = byCustomer[customer].ToList();
            if (mine.Count == 0)
            {
                view.ShouldBeNull($"nothing was sent of {customer}");
                return;
            }

            view.ShouldNotBeNull($"{mine.Count} messages were sent of {customer}");
            var expected = Expectation.From(mine);
            Orders(view).ShouldBe(expected.Orders, $"orders of {customer}");
            view.Totals.Orders.ShouldBe(expected.Orders.Count, $"number of orders of {customer}");
            view.Totals.Refunds.ShouldBe(expected.Refunds, $"refunds of {customer}");
            view.Totals.Spend.ShouldBe(expected.Orders.Sum(order => order.Amount) - expected.Refunds, $"spend of {customer}");
            view.Interactions.ToDictionary(hour => (hour.Kind, Instant(hour.Hour)), hour => hour.Count)
                .ShouldBe(expected.Interactions, ignoreOrder: true, $"interactions of {customer}");
        });
    }

    /// <summary>Checks that the server has every acknowledged message; each of the others may be there or not, but never twice.</summary>
    public async Task KnowsAtLeast(IEnumerable<string> customers, IReadOnlySet<Message> acknowledged, IReadOnlyList<Message> sent)
    {
        var byCustomer = sent.ToLookup(message => message.Customer);
        await Parallel.ForEachAsync(customers, async (customer, _) =>
        {
            var all = byCustomer[customer].ToList();
            var must = all.Where(acknowledged.Contains).ToList();
            var view = await View(customer);
            if (view is null)
            {
                must.ShouldBeEmpty($"{customer} is unknown");
                return;
            }

            var orders = Orders(view);
            orders.Select(order => order.OrderId).ShouldBeUnique($"orders of {customer}");
            foreach (var order in orders)
                all.OfType<Ordered>().ShouldContain(
                    report => report.OrderId == order.OrderId && report.At == order.At && report.Amount == order.Amount, order.ToString());
            foreach (var report in must.OfType<Ordered>())
                orders.ShouldContain(order => order.OrderId == report.OrderId && order.At <= report.At, $"{report} was acknowledged");
            view.Refunds.Count.ShouldBeInRange(must.OfType<Refunded>().Count(), all.OfType<Refunded>().Count(), $"refunds of {customer}");
            foreach (var kind in all.OfType<Interacted>().GroupBy(interaction => interaction.Kind))
                view.Interactions.Where(hour => hour.Kind == kind.Key).Sum(hour => hour.Count)
                    .ShouldBeInRange(kind.Count(acknowledged.Contains), kind.Count(), $"{kind.Key} of {customer}");
        });
    }

    /// <summary>Null for a customer that the server does not know.</summary>
    public async Task<CustomerView?> View(string customer)
    {
        using var answer = await http.GetAsync($"/v1/customers/{Uri.EscapeDataString(customer)}");
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<CustomerView>();
    }

    private static string Describe(SchemeAudit scheme) => $"{scheme.Scheme} {string.Join(", ", scheme.Differences)}";

    private static List<ExpectedOrder> Orders(CustomerView view) =>
    [
        .. view.Orders.Select(order => new ExpectedOrder(order.OrderId, Instant(order.At), order.Amount, order.Refunded))
            .OrderBy(order => order.OrderId, StringComparer.Ordinal),
    ];

    private static DateTimeOffset Instant(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
