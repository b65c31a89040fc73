using System.Net;
using System.Text;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Grid.Tests.Deployment;

/// <summary>The OpenAPI document, held against a server that runs: each route is called as the document says.</summary>
public sealed class ApiDocumentTests(WatchedServer server) : IClassFixture<WatchedServer>
{
    /// <summary>None of the shipped schemes is frozen.</summary>
    private const string Refreeze = "POST /v1/baselines/refreeze";

    /// <summary>Removes the customer whom the other examples name.</summary>
    private const string Erase = "DELETE /v1/customers";

    [Fact]
    public async Task HasExamplesThatItsRoutesTake()
    {
        var calls = Calls(await Read()).OrderBy(call => call.Name.StartsWith(Erase, StringComparison.Ordinal)).ToList();

        calls.Count.ShouldBeGreaterThan(35);
        await Track(calls);
        foreach (var call in calls)
        {
            // Two routes erase the customer; the second must find it again.
            if (call.Name.StartsWith(Erase, StringComparison.Ordinal)) await Track(calls);
            using var answer = await Send(call);
            var body = await answer.Content.ReadAsStringAsync();
            ((int)answer.StatusCode).ShouldBe(call.Name == Refreeze ? 400 : call.Success, $"{call.Name}: {body}");
            call.Operation.GetProperty("responses").TryGetProperty(((int)answer.StatusCode).ToString(), out _).ShouldBeTrue(call.Name);
        }
    }

    [Fact]
    public async Task DescribesWhatIsAnswered()
    {
        var document = await Read();
        await Track([.. Calls(document)]);
        foreach (var call in Calls(document).Where(call => !call.Name.StartsWith(Erase, StringComparison.Ordinal) && call.Name != Refreeze))
        {
            using var answer = await Send(call);
            if (answer.Content.Headers.ContentType?.MediaType != "application/json") continue;
            var schema = call.Operation.GetProperty("responses").GetProperty(call.Success.ToString()).GetProperty("content").EnumerateObject()
                .First().Value.GetProperty("schema");
            var described = Resolve(document, schema).GetProperty("properties").EnumerateObject().Select(property => property.Name).ToList();
            var given = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.EnumerateObject().Select(property => property.Name);
            given.Except(described).ShouldBeEmpty(call.Name);
        }
    }

    [Fact]
    public async Task SaysWhichRoutesAskForAKey()
    {
        foreach (var call in Calls(await Read()))
        {
            using var answer = await Send(call, key: null);
            var asks = call.Operation.TryGetProperty("security", out var keys) && keys.GetArrayLength() > 0;
            (answer.StatusCode == HttpStatusCode.Unauthorized).ShouldBe(asks, call.Name);
            if (asks) call.Operation.GetProperty("responses").TryGetProperty("401", out _).ShouldBeTrue(call.Name);
        }
    }

    [Fact]
    public async Task HasNoParameterWithoutATextAndAnExample()
    {
        var parameters = Calls(await Read()).SelectMany(call => Parameters(call.Operation)).ToList();

        parameters.Count.ShouldBeGreaterThan(40);
        foreach (var parameter in parameters)
        {
            parameter.GetProperty("description").GetString().ShouldNotBeNullOrWhiteSpace();
            parameter.TryGetProperty("example", out _).ShouldBeTrue(parameter.GetRawText());
        }
    }

    private async Task<JsonElement> Read()
    {
        using var answer = await server.Ask(HttpMethod.Get, "/openapi/v1.json");
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.Clone();
    }

    /// <summary>Sends the order of the customer whom the examples name.</summary>
    private async Task Track(IReadOnlyList<DescribedCall> calls)
    {
        using var answer = await Send(calls.First(call => call.Name == "POST /v1/track"));
        answer.EnsureSuccessStatusCode();
    }

    private static IEnumerable<DescribedCall> Calls(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select new DescribedCall(operation.Name.ToUpperInvariant(), path.Name, operation.Value);

    private static JsonElement.ArrayEnumerator Parameters(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray() : default;

    private static JsonElement Resolve(JsonElement document, JsonElement schema) => schema.TryGetProperty("$ref", out var reference)
        ? document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1])
        : schema;

    private async Task<HttpResponseMessage> Send(DescribedCall call, string? key = WatchedServer.Key)
    {
        var path = call.Path;
        var query = new List<string>();
        foreach (var parameter in Parameters(call.Operation))
        {
            var (name, value) = (parameter.GetProperty("name").GetString()!, Uri.EscapeDataString(parameter.GetProperty("example").ToString()));
            if (parameter.GetProperty("in").GetString() == "path") path = path.Replace($"{{{name}}}", value, StringComparison.Ordinal);
            else query.Add($"{name}={value}");
        }

        using var request = new HttpRequestMessage(new HttpMethod(call.Method), $"{path}?{string.Join('&', query)}");
        if (call.Operation.TryGetProperty("requestBody", out var body))
        {
            var (type, example) = body.GetProperty("content").EnumerateObject().Select(media => (media.Name, media.Value.GetProperty("example"))).Last();
            var text = example.ValueKind == JsonValueKind.String ? example.GetString()! : example.GetRawText();
            request.Content = new StringContent(text, Encoding.UTF8, type);
        }

        if (key is not null) request.Headers.Authorization = new("Bearer", key);
        return await server.Http.SendAsync(request);
    }

    private sealed record DescribedCall(string Method, string Path, JsonElement Operation)
    {
        public string Name => $"{Method} {Path}";

        /// <summary>The one status below 300 that is described.</summary>
        public int Success => Operation.GetProperty("responses").EnumerateObject().Select(response => int.Parse(response.Name)).Single(status => status < 300);
    }
}
