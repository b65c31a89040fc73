using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Grid.Model.Time;

namespace Grid.Load.Http;

/// <summary>Orders of many customers as csv for <c>POST /v1/import</c>, made while they are sent.</summary>
/// <param name="orders">Of each customer.</param>
/// <param name="from">When the first order may have been.</param>
/// <param name="to">When the last order may have been.</param>
internal sealed class Fill(int customers, int orders, Instant from, Instant to) : HttpContent
{
    private static readonly string[] Categories = ["tea", "coffee", "cake", "cups", "gift"];

    /// <summary>Ten orders of the past year for each.</summary>
    public static Task Send(MeasuredServer server, int customers)
    {
        var now = Instant.From(TimeProvider.System.GetUtcNow());
        return Send(server, customers, HttpCostOptions.OrdersPerCustomer, now.Plus(-365 * MillisecondsPer.Day), now.Plus(-MillisecondsPer.Minute));
    }

    public static async Task Send(MeasuredServer server, int customers, int orders, Instant from, Instant to)
    {
        using var content = new Fill(customers, orders, from, to);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var answer = await server.Http.PostAsync(new Uri("/v1/import", UriKind.Relative), content);
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException(text);
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var random = new Random(11);
        var text = new StringBuilder("customer_id,order_id,occurred_at,amount,quantity,category,channel\n");
        for (var customer = 0; customer < customers; customer++)
        {
            var id = HttpCostOptions.CustomerId(customer);
            for (var order = 0; order < orders; order++)
            {
                var at = new Instant(random.NextInt64(from.Milliseconds, to.Milliseconds));
                text.Append(CultureInfo.InvariantCulture, $"{id},f-{customer:x}-{order},{at},");
                text.Append(CultureInfo.InvariantCulture, $"{random.Next(100, 99_999)},{random.Next(1, 5)},");
                text.Append(Categories[random.Next(Categories.Length)]).Append(random.Next(2) == 0 ? ",web\n" : ",store\n");
            }

            if (text.Length < 60_000 && customer < customers - 1) continue;
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()));
            text.Clear();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
