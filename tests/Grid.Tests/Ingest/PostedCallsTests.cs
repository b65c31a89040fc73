using System.Net;
using System.Text;
using System.Text.Json;
using Grid.Grains.Customers;
using Grid.Ledger;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ingest;

/// <summary>Calls over HTTP: the answers, the delivered facts, the stored rejects.</summary>
public sealed class PostedCallsTests
{
    private const string Page = """{"type":"page","userId":"u1","messageId":"m1"}""";

    [Theory]
    [InlineData("track", "t", """{"userId":"u1","event":"Chat Started"}""", typeof(Interacted))]
    [InlineData("identify", "i", """{"userId":"u1","traits":{"age":3}}""", typeof(TraitsSet))]
    [InlineData("page", "p", """{"userId":"u1"}""", typeof(Browsed))]
    [InlineData("screen", "s", """{"userId":"u1"}""", typeof(Browsed))]
    [InlineData("group", "g", """{"userId":"u1","groupId":"g1"}""", typeof(CommunityJoined))]
    [InlineData("batch", "b", """{"batch":[{"type":"page","userId":"u1"}]}""", typeof(Browsed))]
    public async Task ReachTheirCustomerByLongAndShortPath(string path, string shortPath, string json, Type fact)
    {
        await using var application = await IngestApplication.Start();
        foreach (var each in new[] { path, shortPath })
        {
            using var response = await application.Post($"/v1/{each}", json);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
            (await response.Content.ReadAsStringAsync()).ShouldBe("""{"success":true}""");
        }

        application.Grains.FactsOf("u1").Select(each => each.GetType()).ShouldBe([fact, fact]);
        application.Gate.Accepted.ShouldBe(2);
        application.Gate.EventsInFlight.ShouldBe(0);
        application.Gate.BytesInFlight.ShouldBe(0);
    }

    [Fact]
    public async Task AreAnsweredOnlyAfterTheCommit()
    {
        await using var application = await IngestApplication.Start();
        var (reached, commit) = (new TaskCompletionSource(), new TaskCompletionSource());
        application.Grains.Before = _ =>
        {
            reached.TrySetResult();
            return commit.Task;
        };

        var answer = application.Post("/v1/page", Page);
        await reached.Task;
        answer.IsCompleted.ShouldBeFalse();
        application.Gate.EventsInFlight.ShouldBe(1);
        commit.SetResult();
        (await answer).StatusCode.ShouldBe(HttpStatusCode.OK);
        application.Gate.EventsInFlight.ShouldBe(0);
    }

    [Fact]
    public async Task OfOneCustomerInABatchComeTogetherAndInOrder()
    {
        await using var application = await IngestApplication.Start();
        string Order(string customer, int number) =>
            SomeCalls.Order($$"""{"order_id":"o{{number}}","total":{{number}}}""")
                .Replace("u1", customer, StringComparison.Ordinal).Replace("m1", $"m{number}", StringComparison.Ordinal);
        await application.Post("/v1/batch", SomeCalls.Batch(Order("a", 1), Order("b", 2), Order("a", 3), Order("a", 4), Order("b", 5)));

        application.Grains.Calls.Count.ShouldBe(2);
        application.Grains.FactsOf("a").Cast<OrderPaid>().Select(order => order.OrderId).ShouldBe(["o1", "o3", "o4"]);
        application.Grains.FactsOf("b").Cast<OrderPaid>().Select(order => order.OrderId).ShouldBe(["o2", "o5"]);
    }

    [Fact]
    public async Task ThatCannotBeTakenAreAnswered200AndKept()
    {
        await using var application = await IngestApplication.Start();
        var bad = SomeCalls.Order("""{"order_id":"o","total":-1}""");
        var batch = SomeCalls.Batch(Page, bad);
        using var response = await application.Post("/v1/batch", batch);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);

        var reject = (await application.Rejects()).Single();
        reject.ReceivedAt.ShouldBe(SomeCalls.ReceivedAt);
        reject.Customer.ShouldBe("u1");
        reject.MessageId.ShouldBe("m1");
        reject.Reason.ShouldBe("total: the amount is negative");
        reject.Place.ShouldBe($"$.batch[1].properties.total (byte {batch.IndexOf("-1}", StringComparison.Ordinal)})");
        Encoding.UTF8.GetString(reject.Raw).ShouldBe(bad);
        application.Gate.Rejected.ShouldBe(1);
    }

    [Theory]
    [InlineData("\"yesterday\"")]
    [InlineData("123")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("[[1]]")]
    [InlineData("\"\\ud800\"")]
    public async Task OfABatchWithoutAReadableSendingTimeAreTakenAndThatIsKept(string sentAt)
    {
        await using var application = await IngestApplication.Start();
        var body = $$"""{"batch":[{{Page}}],"sentAt":{{sentAt}}}""";
        using var response = await application.Post("/v1/batch?strict=true", body);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var answer = await IngestApplication.Json(response);
        answer.GetProperty("items")[0].GetProperty("outcome").GetString().ShouldBe("accepted");
        answer.GetProperty("leftOut")[0].GetProperty("reason").GetString().ShouldBe("sentAt: left out: it is no ISO 8601 instant");

        var reject = (await application.Rejects()).Single();
        reject.Customer.ShouldBeNull();
        reject.Place.ShouldStartWith("$.sentAt (byte ");
        Encoding.UTF8.GetString(reject.Raw).ShouldBe(body);

        using var again = await application.Post("/v1/batch", body);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await application.Rejects()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task OfAliasAreAnswered200AndKept()
    {
        await using var application = await IngestApplication.Start();
        using var response = await application.Post("/v1/alias", """{"userId":"u1","previousId":"u0"}""");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await application.Rejects()).Single().Reason.ShouldBe("merging customers is not built yet");
    }

    [Fact]
    public async Task AreToldOneByOneWhenAskedStrictly()
    {
        await using var application = await IngestApplication.Start();
        using var response = await application.Post("/v1/batch?strict=true", SomeCalls.Batch(
            Page,
            Page,
            """{"type":"identify","userId":"u2","traits":{"address":["x"]}}""",
            SomeCalls.Track("Points Redeemed", """{"points":2000}""").Replace("m1", "m\\u0032", StringComparison.Ordinal),
            """{"type":"jump","userId":"u1"}"""));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);

        var items = (await IngestApplication.Json(response)).GetProperty("items").EnumerateArray().ToList();
        items.Select(item => item.GetProperty("index").GetInt32()).ShouldBe([0, 1, 2, 3, 4]);
        items.Select(item => item.GetProperty("outcome").GetString())
            .ShouldBe(["accepted", "duplicate", "accepted", "rejected", "rejected"]);
        items.Select(item => item.GetProperty("messageId").GetString()).ShouldBe(["m1", "m1", null, "m2", null]);
        items[2].GetProperty("leftOut")[0].GetProperty("reason").GetString()
            .ShouldBe("address: left out: it is an array, expected a text, a number or a truth value");
        items[3].GetProperty("reason").GetString().ShouldBe("5000 points were to be redeemed, but the customer has 7");
        items[3].GetProperty("place").GetString().ShouldBe("$.batch[3]");
        items[4].GetProperty("place").GetString().ShouldNotBeNull().ShouldStartWith("$.batch[4].type (byte ");
        (await application.Rejects()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task ThatAreUnreadableAre400WithTheirPlace()
    {
        await using var application = await IngestApplication.Start();
        using var response = await application.Post("/v1/track", """{"userId":"u1",""");
        await ShouldBeProblem(response, HttpStatusCode.BadRequest, "$ (line 1, byte 14)");
        application.Grains.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task ThatFindTheLedgerAwayAre503WithRetryAfter()
    {
        await using var application = await IngestApplication.Start();
        application.Grains.Before = customer =>
            customer == "u2" ? throw new LedgerException(FailureKind.Temporary, "busy") : Task.CompletedTask;
        using var response = await application.Post("/v1/batch", SomeCalls.Batch(Page, Page.Replace("u1", "u2", StringComparison.Ordinal)));
        await ShouldBeProblem(response, HttpStatusCode.ServiceUnavailable, null);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        application.Grains.FactsOf("u1").Count().ShouldBe(1);
        application.Gate.EventsInFlight.ShouldBe(0);
    }

    [Fact]
    public async Task ThatFindABrokenLedgerAre503WithoutPromise()
    {
        await using var application = await IngestApplication.Start();
        application.Grains.Before = _ => throw new LedgerException(FailureKind.Permanent, "damaged");
        using var response = await application.Post("/v1/page", Page);
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter.ShouldBeNull();
    }

    [Fact]
    public async Task ThatTakeTooLongAre503AndHoldTheirRoomUntilTheyEnd()
    {
        await using var application = await IngestApplication.Start(options => options.PatienceMax = TimeSpan.Zero);
        var commit = new TaskCompletionSource();
        application.Grains.Before = _ => commit.Task;
        using var response = await application.Post("/v1/page", Page);
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        application.Gate.EventsInFlight.ShouldBe(1);

        commit.SetResult();
        SpinWait.SpinUntil(() => application.Gate.EventsInFlight == 0, TimeSpan.FromSeconds(20)).ShouldBeTrue("waited for the room");
        application.Gate.Accepted.ShouldBe(1);
    }

    [Fact]
    public async Task ThatMeetAStaleActivationAreRecordedByTheNext()
    {
        await using var application = await IngestApplication.Start();
        var isStale = true;
        application.Grains.Before = _ =>
        {
            if (!isStale) return Task.CompletedTask;
            isStale = false;
            throw new StaleCustomerException(new CustomerId("u1"), 3, 4);
        };
        using var response = await application.Post("/v1/page", Page);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        application.Grains.FactsOf("u1").Count().ShouldBe(1);
    }

    [Fact]
    public async Task BeyondTheRoomAre429WithRetryAfter()
    {
        await using var application = await IngestApplication.Start(options => options.EventsInFlightMax = 1);
        var (reached, commit) = (new TaskCompletionSource(), new TaskCompletionSource());
        application.Grains.Before = _ =>
        {
            reached.TrySetResult();
            return commit.Task;
        };
        var first = application.Post("/v1/page", Page);
        await reached.Task;

        using var second = await application.Post("/v1/page", Page);
        second.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        second.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        application.Gate.RefusedRequests.ShouldBe(1);

        commit.SetResult();
        (await first).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var third = await application.Post("/v1/page", Page);
        third.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    internal static async Task ShouldBeProblem(HttpResponseMessage response, HttpStatusCode status, string? place)
    {
        response.StatusCode.ShouldBe(status);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = await IngestApplication.Json(response);
        problem.GetProperty("status").GetInt32().ShouldBe((int)status);
        problem.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        if (place is not null) problem.GetProperty("place").GetString().ShouldBe(place);
        else problem.TryGetProperty("place", out JsonElement _).ShouldBeFalse();
    }
}
